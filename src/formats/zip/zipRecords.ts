/** Words that begin the parts of a zip archive, and how long those parts are at least. */
export const local = { signature: 0x04034b50, length: 30 };
export const central = { signature: 0x02014b50, length: 46 };
export const ending = { signature: 0x06054b50, length: 22 };

/** How an entry lies there: as it is, or deflated. */
export const methods = { stored: 0, deflated: 8 } as const;

/** In the flags of an entry: that its name is UTF-8, and that it is enciphered. */
export const flags = { enciphered: 1, utf8: 0x800 };
