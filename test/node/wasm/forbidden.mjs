// A page whose policy forbids WebAssembly: the memory is there, and to compile throws.
class Forbidden {
  constructor() {
    throw new WebAssembly.CompileError('Refused to compile or instantiate WebAssembly module');
  }
}
WebAssembly.Module = Forbidden;
WebAssembly.compile = WebAssembly.instantiate = WebAssembly.instantiateStreaming = async () => new Forbidden();
