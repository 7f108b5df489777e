// Loaded before a program: raises a signal in it at the moment when it writes a stage's name to stderr, and once more, when asked, after
// the first was handled. From then on its clock stands still: it jumps by the milliseconds between both, and past its next pause for
// as long as a signal is on its way. So the order of things doesn't depend on how fast the machine is.
const { isMainThread } = require('node:worker_threads');

const { stage, signal, again } = JSON.parse(process.env['RAISE'] ?? '{}');
const present = performance.now.bind(performance);
const write = process.stderr.write.bind(process.stderr);
let [text, clock, onItsWay, handled] = ['', undefined, false, 0];

function raise() {
  onItsWay = true;
  process.kill(process.pid, signal);
}

if (isMainThread && stage !== undefined) {
  performance.now = () => {
    if (clock === undefined) return present();
    if (onItsWay) clock += 31;
    return clock;
  };
  process.stderr.write = (chunk, ...rest) => {
    text += chunk;
    if (clock === undefined && text.includes(stage)) {
      clock = present();
      raise();
    }
    return write(chunk, ...rest);
  };
  process.on(signal, () => {
    onItsWay = false;
    if (++handled > 1 || again === undefined) return;
    // After the program's own listener has seen the first.
    queueMicrotask(() => {
      clock += again;
      raise();
    });
  });
}
