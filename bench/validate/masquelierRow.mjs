export const masquelierRow = { name: 'masquelierRow', source: '', run: async () => [] };
