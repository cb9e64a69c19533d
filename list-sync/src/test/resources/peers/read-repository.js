// Reads a repository with tuf-js, an implementation of TUF that shares no code with ours.
// node read-repository.js MODULES ROOT_JSON BASE_URL DIRECTORY LIST: prints the list file's path.
const [modules, root, base, directory, list] = process.argv.slice(2);
const fs = require('fs');
const path = require('path');
const { Updater } = require(path.join(modules, 'node_modules', 'tuf-js'));

async function main() {
  const metadataDir = path.join(directory, 'metadata');
  const targetDir = path.join(directory, 'targets');
  fs.mkdirSync(metadataDir, { recursive: true });
  fs.mkdirSync(targetDir, { recursive: true });
  fs.copyFileSync(root, path.join(metadataDir, 'root.json'));
  const updater = new Updater({
    metadataDir,
    metadataBaseUrl: base,
    targetDir,
    targetBaseUrl: `${base}/targets`,
  });
  await updater.refresh();
  const manifest = await updater.getTargetInfo(`lists/${list}/manifest.json`);
  const file = await updater.downloadTarget(manifest, path.join(targetDir, 'manifest.json'));
  const target = await updater.getTargetInfo(JSON.parse(fs.readFileSync(file)).path);
  console.log(await updater.downloadTarget(target, path.join(targetDir, 'list.tgl')));
}

main().catch((e) => {
  console.error(e);
  process.exit(1);
});
