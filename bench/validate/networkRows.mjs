export const networkRows = [];
