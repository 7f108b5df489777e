/** The folders of src whose mutants are tried, each with the specs that are to find them. Quick ones: no runs, no networks. */
export const specsOf = {
  core: 'test/(core|updates|traces|topologies|competition|neurons|encoders)/|rules/(door|mstdp|productRule|ruleFromJSON)\\.|/(doors|validators|perNeuron)\\.',
  rules: 'test/(rules|updates)/|golden/(?!inferno)|/(validators|perNeuron|perSynapse|pairStdp|latencyStdp|pairings)\\.',
  updates: 'test/(updates|rules)/|golden/(norse|inferno)|/(perNeuron|perSynapse)\\.',
  traces: 'test/traces/|golden/(norse|pysnn|spikeseg)|/(doors|traceValues)\\.',
  topologies: 'test/topologies/|rules/(stdpStep|pairStdp)\\.|golden/(norse|spyketorch)|/(perNeuron|perSynapse)\\.',
  competition: 'test/competition/|golden/(spyketorch|spikeseg)|/(doors|competitionValues)\\.',
  neurons: 'test/neurons/|golden/(norse|pysnn|bindsnet)|/(doors|neuronValues)\\.',
  encoders: 'test/encoders/|golden/spyketorch|/(doors|encoderValues)\\.',
  'kernels/scalar':
    'test/(kernels|traces)/|rules/(pairStdp|latencyStdp|latencyStdpWinners)\\.|golden/(norse|bindsnet)|/(pairStdp|latencyStdp|perSynapse)\\.',
};

export const folders = Object.keys(specsOf);
