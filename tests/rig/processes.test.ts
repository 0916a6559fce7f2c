/** The costs of a process tree are those of its processes, and a leftover is named. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { assertNothingLeft, ProcessWatch, processTree, pssMbOf } from './processes.ts';

const busyChild =
  'while(process.cpuUsage().user<4e5);globalThis.kept=Buffer.alloc(60<<20,1);' +
  "process.stdout.write('up');setInterval(()=>{},1000)//the-child";
const parent =
  "const c=require('node:child_process').spawn(process.execPath,['-e',process.argv[1]]," +
  "{stdio:'inherit'});process.on('SIGTERM',()=>{c.kill();process.exit()})";

test('memory and CPU are counted by role, with those of children', async () => {
  const child = spawn(process.execPath, ['-e', parent, busyChild], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const rootPid = child.pid as number;
  const watch = new ProcessWatch({
    rootPid,
    everyMs: 50,
    roleOf: ({ pid }) => (pid === rootPid ? 'parent' : 'child'),
  });
  await once(child.stdout, 'data');
  await new Promise((resolve) => setTimeout(resolve, 200));
  const tree = processTree(rootPid);
  expect(tree.map(({ pid }) => pid)).toContain(rootPid);
  expect(tree).toHaveLength(2);
  const { roles, seconds } = watch.stop();
  child.kill();
  await once(child, 'exit');
  expect(Object.keys(roles).sort()).toEqual(['child', 'parent']);
  expect(roles.child?.cpuSeconds).toBeGreaterThan(0.25);
  expect(roles.child?.cpuSeconds).toBeLessThan(seconds + 0.2);
  expect(roles.child?.rssMb).toBeGreaterThan((roles.parent?.rssMb ?? 0) + 30);
  if (process.platform === 'linux') {
    expect(roles.child?.pssMb).toBeGreaterThan(60);
    expect(pssMbOf(process.pid)).toBeGreaterThan(10);
  }
  await assertNothingLeft({ pids: tree.map(({ pid }) => pid) });
});

test('a leftover process and an open port are named', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(()=>{},1000)//left-behind']);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const pids = [child.pid as number];
  const failure = assertNothingLeft({ pids, ports: [port], withinMs: 100 });
  await expect(failure).rejects.toThrow(new RegExp(`process ${pids}.*left-behind.*port ${port}`));
  child.kill();
  server.close();
  await assertNothingLeft({ pids, ports: [port] });
});
