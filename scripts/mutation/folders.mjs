/**
 * The folders of src whose mutants are tried, each with the specs that are to find them: those of the folder, and few others,
 * because a mutant that survives has to get past all of them.
 */
export const specsOf = {
  core: 'test/core/|/(publicCalls|arguments|calls|validators|perNeuron|mstdp|delayLine)\\.',
  rules: 'test/rules/|golden/(norse|spyketorch)\\.|/(perNeuron|perSynapse|pairStdp|latencyStdp|pairings)\\.',
  updates: 'test/updates/|rules/(pairStdp|mstdp|stdpStep|twoFactorStdp)\\.|golden/norse\\.|/perNeuron\\.',
  traces: 'test/traces/|golden/(norse|spikeseg)\\.|/traceValues\\.',
  topologies: 'test/topologies/|rules/(stdpStep|pairStdp)\\.|golden/norse\\.|/perNeuron\\.',
  competition: 'test/competition/|golden/(spyketorch|spikeseg)\\.|/competitionValues\\.',
  neurons: 'test/neurons/|golden/(norse|bindsnet)\\.|/neuronValues\\.',
  encoders: 'test/encoders/|golden/spyketorch\\.|/encoderValues\\.',
};

export const folders = Object.keys(specsOf);
