/** The routes as Butler's own OpenAPI document declares them, for tests that walk all of them. */
import type { FakeAdmin } from '../rig/admin.ts';

/** As much of JSON Schema as the document uses; `true` stands for anything. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  format?: string;
  default?: unknown;
}

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema?: Schema;
}

export interface Operation {
  key: string;
  method: string;
  path: string;
  /** Roles, or the other ways in. */
  who: 'open' | 'ticket' | 'password' | string[];
  parameters: Parameter[];
  /** Of a JSON body; undefined where the route takes none. */
  body?: Schema;
}

interface Document {
  paths: Record<string, Record<string, Declared>>;
  components?: { schemas?: Record<string, Schema> };
}
interface Declared {
  'x-who-may-call': Operation['who'];
  parameters?: Parameter[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}

export interface Surface {
  operations: Operation[];
  /** A schema with its reference followed. */
  follow(schema: Schema): Schema;
}

export const readSurface = async (app: FakeAdmin['app']): Promise<Surface> => {
  const document = (await (await app.request('/openapi.json')).json()) as Document;
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, declared]): Operation => {
      const body = declared.requestBody?.content?.['application/json']?.schema;
      return {
        key: `${method} ${path}`,
        method: method.toUpperCase(),
        path,
        who: declared['x-who-may-call'],
        parameters: declared.parameters ?? [],
        ...(body && { body }),
      };
    }),
  );
  const follow = (schema: Schema): Schema => {
    const name = schema.$ref?.replace('#/components/schemas/', '');
    if (name === undefined) return schema;
    const found = document.components?.schemas?.[name];
    if (!found) throw new Error(`The document has no schema ${name}.`);
    return follow(found);
  };
  return { operations, follow };
};

/** The address with something in place of each `{parameter}`. */
export const filled = (path: string, values: Record<string, string>, otherwise = 'nobody') =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? otherwise));

/** Routes that never end by themselves, or that are no HTTP: they have tests of their own. */
export const isStream = ({ key }: Operation): boolean =>
  ['get /voice', 'get /ws', 'get /mcp'].includes(key);
