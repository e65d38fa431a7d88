export const totals = {
  title: 'Totals per day',
  open: 'Totals',
  period: 'Period',
  days: (count: number) => `${count} days`,
  chart: 'Bytes per day',
  rule: 'Port rule',
  hop: 'Next hop',
  connections: 'Connections',
  failures: 'Failed',
  count: (connections: number) => (connections === 1 ? '1 connection' : `${connections} connections`),
  failed: (count: number) => `${count} failed`,
  sum: 'All',
  noHop: 'none',
  none: 'Nothing was counted in this time',
  noneText:
    'Bytes, connections and failures per rule and next hop are kept for 400 days, also over restarts.',
  save: 'Save as CSV',
}
