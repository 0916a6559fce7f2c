/** Fetches the real IMAP and SMTP server GreenMail from Maven's registry, once. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { testDataFolder } from '../livekit-build.ts';
import { once } from '../once.ts';
import { run } from '../program.ts';

const VERSION = '2.1.3';
const ARTIFACT = `com.icegreen:greenmail-standalone:${VERSION}`;
const INSTALL_WITHIN_MS = 10 * 60_000;

const withoutJava =
  'The tests of mail need a real IMAP server, GreenMail, which runs on Java: install Java 11 or ' +
  'newer (Debian and Ubuntu: `apt install default-jre-headless`).';
const withoutMaven =
  'The tests of mail need GreenMail, which Maven fetches, once: install Maven ' +
  '(Debian and Ubuntu: `apt install maven`).';

const starts = (program: string, flag: string): boolean =>
  spawnSync(program, [flag], { stdio: 'ignore', timeout: 60_000 }).status === 0;

const install = async (folder: string, jar: string): Promise<void> => {
  const partial = join(folder, 'partial');
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  console.log(`GreenMail ${VERSION}: fetching it with Maven, once (6 MB) …`);
  try {
    const words = [`-Dartifact=${ARTIFACT}`, `-DoutputDirectory=${partial}`];
    await run('mvn', ['--batch-mode', '--quiet', 'dependency:copy', ...words]);
    // Renaming last: a file with its final name is always a whole one.
    renameSync(join(partial, `greenmail-standalone-${VERSION}.jar`), jar);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
};

/** The path of the server's archive, fetched first where it must be. */
export const findGreenMail = async (): Promise<{ jar: string } | { unavailable: string }> => {
  const folder = join(testDataFolder(), `greenmail-${VERSION}`);
  const jar = join(folder, 'greenmail.jar');
  if (!starts('java', '-version')) return { unavailable: withoutJava };
  if (existsSync(jar)) return { jar };
  if (!starts('mvn', '-version')) return { unavailable: withoutMaven };
  try {
    await once({
      lock: join(folder, 'installing'),
      isDone: () => existsSync(jar),
      work: () => install(folder, jar),
      withinMs: INSTALL_WITHIN_MS,
    });
  } catch (error) {
    return { unavailable: error instanceof Error ? error.message : String(error) };
  }
  return { jar };
};
