export const florianRow = { name: 'florianRow', source: '', run: async () => [] };
