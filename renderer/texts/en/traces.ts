import type { TraceSettings } from '../../../shared/model/trace-settings.ts'

const of: Record<TraceSettings['of'], string> = {
  all: 'All connections',
  chosen: 'Chosen ones',
  none: 'None',
}
const ofHint: Record<TraceSettings['of'], string> = {
  all: 'Each connection has its stages recorded, with their times and what was decided.',
  chosen:
    'Connections of rules whose options say so, and of the clients below. Of others only the outcome is known: whether they failed, and why.',
  none: 'Only the outcome of a connection is known: whether it failed, and why.',
}
const save: Record<TraceSettings['save'], string> = {
  off: 'No',
  failed: 'Of failed connections',
  all: 'All that are recorded',
}

/** Of what is recorded of connections, and what is saved of it. */
export const traces = {
  title: 'Traces',
  of: 'Record traces',
  ofChoice: of,
  ofHint,
  rules: (names: readonly string[]) =>
    names.length === 0 ? 'No rule says so yet.' : `Rules that say so: ${names.join(', ')}.`,
  clients: 'Clients',
  clientsHint: 'Addresses and networks like 10.0.0.7 or 192.168.0.0/16, one per line.',
  save: 'Save traces as files',
  saveChoice: save,
  saveHint: {
    off: (folder: string) =>
      `They are gone when Nexthop ends, or when later ones take their place. Files that were saved before stay in ${folder}.`,
    on: (folder: string) => `As JSON lines in ${folder}, without passwords, for this user alone.`,
    nothing: 'Nothing is recorded, so there is nothing to save.',
  },
  size: 'Size of all files',
  sizeHint:
    'The oldest file makes room for a new one. Nothing is written while the disk has less than 200 MB left.',
  megabytes: 'MB',
  age: 'Age of a file',
  ageHint: 'Older files are deleted.',
  days: 'days',
}
