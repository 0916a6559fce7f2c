/** What integrations and tools may be called, and what is wrong with one that was declared. */
import type { AnyTool, Integration } from './define.ts';
import { patternMistakes, saysByLanguage } from './says.ts';

export const namePattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const toolNamePattern = /^[a-z][a-z0-9_]*$/;
/** What the models' interfaces take. */
const fullNameMax = 64;

export const fullName = (
  integration: string,
  tool: string,
  { bareName }: { bareName?: boolean },
) => (bareName ? tool : `${integration}_${tool}`.replaceAll('-', '_'));

export const fullOf = ({ name }: Integration, toolName: string, tool: AnyTool): string =>
  fullName(name, toolName, tool);

export const toolMistakes = (name: string, toolName: string, tool: AnyTool): string[] => {
  const mistakes: string[] = [];
  if (!toolNamePattern.test(toolName) || fullName(name, toolName, tool).length > fullNameMax) {
    mistakes.push(`tool ${toolName}: use lower case and underscores, 64 characters at most`);
  }
  for (const [language, patterns] of Object.entries(saysByLanguage(tool.says))) {
    for (const pattern of patterns) {
      for (const mistake of patternMistakes(pattern, tool.input)) {
        mistakes.push(`tool ${toolName}, says (${language}) "${pattern}": ${mistake}`);
      }
    }
  }
  return mistakes;
};

/** Of an integration in a file of this name. */
export const shapeMistakes = (found: Integration, name: string): string[] => {
  const mistakes: string[] = [];
  if (found.name !== name) mistakes.push(`its name is "${found.name}": make it "${name}"`);
  if (!namePattern.test(name)) mistakes.push('its name must be lower case with dashes');
  const tools = Object.entries(found.tools);
  return [...mistakes, ...tools.flatMap(([toolName, tool]) => toolMistakes(name, toolName, tool))];
};

/** Tools that two integrations would give one name. */
export const duplicates = (found: readonly Integration[]): string[] => {
  const owner = new Map<string, string>();
  const mistakes: string[] = [];
  for (const { name, tools } of found) {
    for (const [toolName, tool] of Object.entries(tools)) {
      const full = fullName(name, toolName, tool);
      const other = owner.get(full);
      if (other) mistakes.push(`${name} and ${other} both make the tool ${full}: rename one`);
      owner.set(full, name);
    }
  }
  return mistakes;
};
