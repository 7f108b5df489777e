export const izhikevichRow = { name: 'izhikevichRow', source: '', run: async () => [] };
