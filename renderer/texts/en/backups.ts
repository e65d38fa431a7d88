export const backups = {
  label: 'Backups',
  hint: 'The configuration is kept as it was, before the first change of each hour.',
  button: 'Restore…',
  title: 'Restore a backup',
  text: 'Next hops, lists, rules and settings become what they were then. You can undo it.',
  none: 'There is no backup yet: the first one is made before the next change.',
  holds: (hops: number, rules: number) =>
    `${hops === 1 ? '1 next hop' : `${hops} next hops`}, ${rules === 1 ? '1 rule' : `${rules} rules`}`,
  restore: 'Restore',
  restoreOf: (date: string) => `Restore the backup of ${date}`,
  restored: (date: string) => `Restored the backup of ${date}`,
}

/** What new next hops and rules start with. */
export const defaults = {
  title: 'New next hops and rules',
  idle: 'Idle time-out',
  idleHint: 'Of a new rule. 0: its connections may be idle for ever.',
  limit: 'Connection limit',
  limitHint: 'Of a new rule. 0: no limit.',
  connect: 'Connect time-out',
  connectHint: 'Of a new next hop: for reaching the proxy.',
  handshake: 'Handshake time-out',
  handshakeHint: 'Of a new next hop: for its SOCKS answers.',
  retries: 'Retries',
  retriesHint: 'Of a new next hop: attempts after the first one.',
  wait: 'After final failure wait',
  waitHint: 'Of a new next hop: how long it is left alone then.',
}
