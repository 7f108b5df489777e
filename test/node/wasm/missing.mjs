// A browser without WebAssembly.
Reflect.deleteProperty(globalThis, 'WebAssembly');
