/** The real models server for tests: set up once in a shared folder. */
import { findPython } from '../../models/python.ts';
import { setUpModels } from '../../models/setup.ts';
import { testDataFolder } from '../servers/livekit-build.ts';

/** Whether local models can run here; prints the reason when they cannot. */
export async function canRunModels(): Promise<boolean> {
  const found = await findPython();
  if (!found.ok) console.log(`Skipped: ${found.why}`);
  return found.ok;
}

/** Set the models up, or find them set up. Throws the set-up's own sentence. */
export async function preparedModels(): Promise<{ dataFolder: string; pythonPath: string }> {
  const result = await setUpModels({ dataFolder: testDataFolder(), language: 'en' });
  if (!result.ok) throw new Error(result.why);
  return { dataFolder: testDataFolder(), pythonPath: result.pythonPath };
}
