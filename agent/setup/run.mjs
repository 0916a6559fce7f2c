// What every npm script calls: checks this Node's age before anything modern is loaded.
const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(
    `Butler needs Node 20 or newer, and this is ${process.version}. ` +
      'Install a current one (your package manager, or nodejs.org) and run the command again.',
  );
  process.exit(1);
}
import('./commands.mjs')
  .then(({ runCommand }) => runCommand(process.argv.slice(2)))
  .then((code) => process.exit(code))
  .catch((error) => {
    // SetupError carries a sentence for a person; anything else is a defect, so show its stack.
    console.error(error.name === 'SetupError' ? error.message : error);
    process.exit(1);
  });
