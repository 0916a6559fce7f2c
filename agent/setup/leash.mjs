// Preloaded into the child: when the process that started it dies, it stops as if it were asked to.
import { Socket } from 'node:net';

const descriptor = process.env.BUTLER_LEASH;
// Threads and grandchildren inherit the preload but not the pipe.
delete process.env.BUTLER_LEASH;
if (descriptor) {
  const leash = new Socket({ fd: Number(descriptor), readable: true, writable: false });
  const stop = () => process.kill(process.pid, 'SIGTERM');
  leash.once('end', stop).once('error', stop).resume().unref();
}
