import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/core/at.js';
import { unpackLz4 } from '../../src/events/packed/lz4.js';
import { unpackZstd } from '../../src/events/packed/zstd.js';

/** How many damaged frames of each: `npm run fuzz` asks for more. */
const cases = Number(import.meta.env['FORMAT_CASES'] ?? 300);
const seed = Number(import.meta.env['CALLS_SEED'] ?? 1);

/** What was packed: half of it bytes of a formula, half of it words that come again, a little changed. */
const letters = [101, 118, 101, 110, 116, 32];
const plain = Uint8Array.from({ length: 6000 }, (_, index) => {
  if (index < 3000) return (((index * index) >>> 5) % 11) * 7 + (index % 3);
  return index % 97 === 0 ? index & 255 : at(letters, index % 6) + ((index >>> 9) & 3);
});

/** The same, packed by the programs `zstd` 1.5 and `lz4` 1.9. */
const frames: readonly (readonly [name: string, unpack: typeof unpackZstd, base64: string])[] = [
  [
    'ZSTD, level 1',
    unpackZstd,
    'KLUv/WRwFs0RAMZjczOAKembhWKJRqOASqHsgsEggBjbWsVa0NEaAAsFKBkZsiQ+Q3gk8i0SsRbJlnivRMceN6VeAF4AXgDTOhCjWC9ouZIZYk' +
      'nTKe4RPxF32qRks8VL3u6vD93PaXcpaVF2KSk3Jm4Z1Z6bpt66jaxGfvwi/D6Wv0EcdKnSC0wcSwcxy2R/3wSmv5mlPqd6tJmsIHS+2NhSaakU' +
      'j6vMn/fDG8H7J7Oqdkqnm2WPRFPHhmVlMXOgphDyMeOzL00niqH+RuhGf6lnkvbkmbjy1r60PY4inde5vuW1oyCxpQ9pB9tkygiZc+3FKRPlOv' +
      'v5isVqnd0XRPLuLghv9k/tcE8gySHjcFquax6fT+Kv2/IrjNfkzJ7hk2HPszuVRViubaPSebKosbR1jpGoOm9sAtnyD2/uUiWFz7W0GotQ0mpz' +
      'oyOfHESWRn/1Eqx/k0vzuHm5estOFAcLamOCRbBh4gFDK7jAcMgEEiQOLDQ8HBBwsFAREREAIoLDQASEA8KhopHBNngMoKjQWCwA0LAPigYDwk' +
      'MBB4YJBgyHB8cEQwHjQWEhIIHE4rFgDj46kQUzHOqrvURhuE+xXu4ZVZioybxTVPSaN2qI42X2L0Mve+moTKiR3BkG9T8ewIOUhgMSqDYYAURw' +
      'Q9AQNIQZwp8xyAiYvhuZMye0guvixsWN/+gdZskThyOMPWrhlpes0/Hp4UmqWHju7tTNCZE5ezt19Yrx8AiJE5oJ2oIEgsSH1CEntt32tCsXd1' +
      'cBysI9BA==',
  ],
  [
    'ZSTD, level 19, no checksum',
    unpackZstd,
    'KLUv/WBwFl0RANZhbC9gTTvkaMI44qRglpkwjjgpbGjYbTI7JEJmUkqap6VNPPG1I4rK9Xtpk8vqZUQxyVsAWwBbAA9lOYv1Ih/eaLacM3WL+8' +
      'TVxN1OzNku8pS/+5vK7ki9G7VngVh+0tz0anp+2voHbmaZ6MfxwvFj+icGWtc2HUnGMYWWFFX393Uk+1uKmghbv7aUIcbWOJ9bGgvy/iotjYZQ' +
      't9tlz1xVz8nl9mBHSW0t5mPHa4+edppk/Z3Wnf5aLzmvypVxKC772ldREIVe5yYuXlMQMx/7lqbw41Q6pYNLY/DFWakDXWpXv7nZPNTui2Ty7r' +
      'AGELPowinyWjn+wk0/5HjDqNqzrLLsuXaqcRemy35m07m6a3rs6xwzs3U+PY50i6/4dKOGWhnhe25KapsnT/ryDEommvRv0cH6PxpNFayXtxht' +
      'ZnEFG+nX++W9Ak2HQkmGDqFQjgQSDAMQh4ANBIcFyoKAxMhFwcekAqDhqUQ0aByIWAgQUCAYKBgqHpOBiYdJZeKgjLYyEZa41ZcXHUjins3mcu' +
      '8sJF2P5s0mpJd6r8dQnmYfsxWzp1Rj+Ht+1RB3x6JcSgFLqNFtQYlB+Z8D4JykMhxCGCACbkP4JcKM8DcCYwRI3w0oZPMsI4bGDYFBZmS2y5ZB' +
      'KQJbDQtmy8xWrWZMNt+e7KOBaMQKIvZL5tQWbXwrvDczmBkbC81ONvFKvXigZtpqaSbQQamOZhXCyIlNU2SYRKUBSpOVAg==',
  ],
  [
    'ZSTD, of a pipe',
    unpackZstd,
    'KLUv/QRYDRIA9mN0M4Ap6ZuFYolGo4BKoeyCwSCAGNtaxVrQ0RoACwUoGRmyJD5DeCTyLRKxFsmWeK9Exx43pV8AXwBfAG5aB2IU6wUtVzJDLG' +
      'k6xT3iJ+JOm5RstnjJ2/31ofs57S4lLcouJeXGxC2j2nPT1Fu3kdXIj1+E38fyN4iDLlV6gYlj6SBmmezvm8D0N7PU51SPNpMVhM4XG1sqLZUC' +
      'FD+uMn/eD28E75/MqtopnW6WPRJNHRuWlcXMgZpCyMeMz740nSiG+huhG/2lnknak2fiylv70vY4inRe5/qW146CxJY+pB1skykjZM61F6dMlO' +
      'vs5ysWq3V2XxDJuwfSUQhv9k/tcE8gySHjcFquax6fT+Kv2/IrjNfkzJ7hk2HPszuVRViubaPSebKosbR1jpGoOm9sAtnyD2/uUiWFz7W0GotQ' +
      '0mpzoyOfHESWRn/1Eqx/k0vzuHm5estOAQtqY4JF0Ngw8YChFVxgOB5kAgkSBxYaHg4WBBwsVEREBICI4DAQAeGAcKhoZLANHgMoKjQWCwA07I' +
      'OiwYDwUMCBYYIBw+HBMcFQwHhQWAhIILF4LJiDj05kwQyH+movURjuU6yXe0YVJmoy7xQVveaNGuJ4mf3L0Ms+TKhx3BkG9T8esIMUCsMBEgg0' +
      'EAFEcENwRjDGEOwQOAzpCEbvBqhjsAqdx2xKHNlgVcvGFUtUVCQAk4xm1Levz3vd3bn8lKPOHOnSASuf2+fcPYdtP9emfRmaCQ0gv4IMQU/6Tm' +
      'xLrbKuXI1dBcrCPQQ=',
  ],
  [
    'LZ4, linked blocks',
    unpackLz4,
    'BCJNGGRAp1wDAADynAABAgABAgcIEA4WFxwkLDE5QUYBCQ4dJTE5SAAPHio5SAcWJTFACRUrOgAPJTgBFypACRwySBUrSA4rQQ4rSBUyAhw5CS' +
      'NHFzgILEYdQRU5EDEILAAkAiMBJQAkAioIMw45Fz8dSCoIOhVHJQc5HgAyF0YrED8rEEYrF0YyHgdALBUBOiMPAjgrFwdAMyMWCUY5LBwPAkY5' +
      'MyMdEAcBSD85MyokHhUWEA4ICasAAbEA8z8JBw8QFRYeIyszOEBIAAgQHCQzOEcCDh0sOEcJFSQzPwgXKjkCDiQ6ABYsPwgeMUcXKkcQKkAQKk' +
      'cXMQEeOAglRhY6BytIHEAXOA8zByuuAPBBIwEsBzIQOBZBHEcsBzkXRiQJOB0CMRZIKg9BKg9IKhZIMR0JPysXADklDgE6KhYJPzIlFQhIOCse' +
      'DgFIODIlHA8JAEdBODIsIx0XFQ8QBwhZAQGuAPFBAgAICQ4PFxUdJSoyOj9HAgcPHiMyOkYBEBwrOkYIFyMyQQcWLDgBECM5AhUrQQcdM0YWLE' +
      'YPLD8PLEYWMwAdOgckSBU5CSpHHj8WOg4yCSpcAfVDIwElACsJMQ86FUAeRisJOBZIIwg6HAEzFUcsDkAsDkcsFUczHAhBKhYCOCQQADksFQhB' +
      'MSQXB0c6Kh0QAEc6MSQeDggCRkA6MSslHBYXDg8JB64ADxAC////////////moFmd2ZvdSFmvwYAAgwADwYAIm9neGdwdiIGAAcfIB4ACg88AA' +
      'sPHgASH4F+AAkPQgASD6IADB/i3gAID2AAMS92Q0gANA+oAAYfpOQADg9EASdhaHF3I2gFBgAfeQYARxBmZgAPYABIL2jHYABML3EoYABML3eJ' +
      'IAFKQXF3I+oGAAxmAG90IGV2ZW4GADIfS0gANA+QAAYfrKgAMw9gAAYvZQ0IATIPYAAHL25uHgAKD34AMB/PzgEdA0gGDzwGFh8wKgAWD1oAHQ' +
      'MwAB+R0gYtA0gAD6gABhDyOAcPHgAGD34AMB9ThAAPD2YAKx+0wAA4DzwGAh8V0gZNH3bSBkgB0gAR1wYAD2YASB84sAcIA4QAD34AKx+ZSAA0' +
      'D6gABhH6ogAOEgYPEgA2HFtsBg9aADYDjAcfvNIGAg9mADgfHU4AOlB5aHF3IwAAAAB9eqXi',
  ],
  [
    'LZ4, sums of blocks and the size',
    unpackLz4,
    'BCJNGHxAcBcAAAAAAADg+QIAAPKcAAECAAECBwgQDhYXHCQsMTlBRgEJDh0lMTlIAA8eKjlIBxYlMUAJFSs6AA8lOAEXKkAJHDJIFStIDitBDi' +
      'tIFTICHDkJI0cXOAgsRh1BFTkQMQgsACQCIwElACQCKggzDjkXPx1IKgg6FUclBzkeADIXRisQPysQRisXRjIeB0AsFQE6Iw8COCsXB0AzIxYJ' +
      'RjksHA8CRjkzIx0QBwFIPzkzKiQeFRYQDggJqwABAwDzPwkHDxAVFh4jKzM4QEgACBAcJDM4RwIOHSw4RwkVJDM/CBcqOQIOJDoAFiw/CB4xRx' +
      'cqRxAqQBAqRxcxAR44CCVGFjoHK0gcQBc4DzMHK64A9kIjASwHMhA4FkEcRywHORdGJAk4HQIxFkgqD0EqD0gqFkgxHQk/KxcAOSUOAToqFgk/' +
      'MiUVCEg4Kx4OAUg4MiUcDwkAR0E4MiwjHRcVDxAHCAKxAPM/CAkODxcVHSUqMjo/RwIHDx4jMjpGARAcKzpGCBcjMkEHFiw4ARAjOQIVK0EHHT' +
      'NGFixGDyw/DyxGFjMAHToHJEgVOQkqRx4/FjoOMgkqrgD2QSUAKwkxDzoVQB5GKwk4FkgjCDocATMVRywOQCwORywVRzMcCEEqFgI4JBAAOSwV' +
      'CEExJBcHRzoqHRAARzoxJB4OCAJGQDoxKyUcFhcODwkHXwEPEAL///////////+ZgWZ3Zm91IWa/BgAfdwYAJ29neGdwdiIGAAceIB4ADwYAOx' +
      '+BYABML3DiYABML3ZDYABMLyKkYABIYWhxdyNoBQYAH3kGAEcfZmAATC9ox2AATC9xKGAATC93iWAATC8j6hgAAm90IGV2ZW4GADIeS0gADwYA' +
      'Ox+sYABML2UNYABML25uYABML3TPNgAdDzAGHR4wbAYPBgA7H5FgAEwvd/JgAEwvZlNgAEwvb7ROADgPGAYCHxXSBk0fdmAATC9n12AATC94OB' +
      'gJTR+ZGAlNEfoGAA9yBkgfW9IGTR+8YABML2gdTgA6UHlocXcjKjfrbAAAAAB9eqXi',
  ],
];

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

describe.each(frames)('%s', (_, unpack, base64) => {
  const packed = bytesOf(base64);

  it('unpacks to what was packed', () => {
    expect(unpack(packed, plain.length)).toEqual(plain);
  });

  it('is refused where there is no room', () => {
    expect(() => unpack(packed, plain.length - 1)).toThrow('it unpacks to more than 5999 bytes');
  });

  it('is refused when it is cut', () => {
    for (let length = 0; length < packed.length - 8; length += 7)
      expect(() => unpack(packed.subarray(0, length), plain.length)).toThrow(/^\d+: /);
  });

  it('ends in bounded memory, whatever is damaged', () => {
    let refused = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(packed.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), (changes) => {
        const damaged = Uint8Array.from(packed);
        for (const [place, value] of changes) damaged[place] = value;
        try {
          expect(unpack(damaged, 2 ** 16).length).toBeLessThanOrEqual(2 ** 16);
        } catch (reason) {
          expect(String(reason)).toMatch(/^Error: \d+: /);
          refused++;
        }
      }),
      { numRuns: cases, seed },
    );
    expect(refused).toBeGreaterThan(0);
  });
});
