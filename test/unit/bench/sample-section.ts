import type { Results, Section } from '../../bench/results.ts'

// Results that tests of the reports share: two peers, a reference, and one that failed a case.

export const sampleSection: Section = {
  benchmark: 'throughput',
  title: 'Throughput',
  explanation: 'Streams.',
  metrics: [
    { name: 'rate', label: 'Bytes per second', unit: 'bytes/s', better: 'more' },
    { name: 'cpu', label: 'CPU seconds per GB', unit: 's/GB', better: 'less' },
    { name: 'unused', label: 'Never measured', unit: 'ms', better: 'less' },
  ],
  cases: ['1 up', '8 up'],
  at: '2026-03-04T05:06:07.000Z',
  rounds: 2,
  peers: [
    {
      name: 'nexthop',
      kind: 'nexthop',
      version: 'Node v24',
      command: 'node cli.js',
      values: { '1 up': { rate: [3e9, 3e9], cpu: [0.3] }, '8 up': { rate: [2e9] } },
      failures: {},
    },
    {
      name: 'haproxy',
      kind: 'peer',
      version: '2.6',
      command: 'haproxy -db -f haproxy.cfg',
      config: 'listen bench\n',
      values: { '1 up': { rate: [0.9e9, 1.1e9], cpu: [0.6] } },
      failures: { '8 up': '3 of 8 streams broke' },
    },
    {
      name: 'v2ray',
      kind: 'peer',
      version: '4.34',
      command: 'v2ray',
      values: { '1 up': { rate: [2e9], cpu: [0.75] }, '8 up': { rate: [1e9] } },
      failures: {},
    },
    {
      name: 'direct',
      kind: 'reference',
      version: 'Linux',
      command: 'none',
      values: { '1 up': { rate: [6e9] }, '8 up': { rate: [8e9] } },
      failures: {},
    },
  ],
  missing: [{ name: 'socat', reason: 'socat is not installed' }],
}

export const sampleResults: Results = {
  version: 1,
  machine: {
    cpu: 'Some CPU',
    cores: 2,
    memoryBytes: 8 * 2 ** 30,
    kernel: 'Linux 6.1 x64',
    openFiles: 20_000,
  },
  sections: [sampleSection],
}
