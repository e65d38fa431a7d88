import { defaultListenHost } from '../../../shared/model/address.ts'
import { parsePort } from '../../../shared/model/parse-address.ts'
import { isWildcard, parseHost } from '../../../shared/model/host.ts'
import type { PortReport } from '../../../shared/port-report.ts'
import { formatDuration } from '../../../shared/format.ts'
import { explainInFull } from '../../../shared/texts/explain.ts'
import { diagnosePort } from '../../app/port-doctor.ts'
import { UsageError, type Command } from '../command.ts'

export const doctor: Command = {
  name: 'doctor',
  summary: 'Tells whether a port is free, else who holds it and which one is.',
  operands: [{ name: 'PORT', summary: 'the port to listen on' }],
  options: {
    host: { type: 'string', value: 'ADDRESS', summary: 'the address to listen on (127.0.0.1)' },
  },
  notes: [
    'It says who holds a port and since when that program runs, as far as this user may know it, and whether Windows ' +
      'keeps the port for itself. Exit code 0 where the port is free, else 1.',
  ],
  examples: [{ line: 'nexthop doctor 9102', says: 'why does my rule not start?' }],
  run: async (given, { console }) => {
    const [text = ''] = given.operands
    const port = parsePort(text)
    if (!port.ok) throw new UsageError(`PORT: ${port.message}`)
    const host = parseHost(given.text('host') ?? '127.0.0.1')
    if (!host.ok || (host.host.kind === 'name' && host.host.text !== 'localhost')) {
      throw new UsageError('--host must be an IP address of this machine, or localhost')
    }
    const report = await diagnosePort(host.host.text, port.value)
    const message = describeReport(report, Date.now())
    console.result(message, { event: 'port', ...report, message })
    return report.state === 'free' ? 0 : 1
  },
}

/** What the doctor says, in sentences. */
export function describeReport(report: PortReport, now: number): string {
  const { host, port, failure, since, reserved, nextFree } = report
  if (!failure) return `Port ${port} is free on ${nameOf(host)}.`
  const parts = [explainInFull(failure)]
  if (since !== undefined) {
    parts.push(`That program has run for ${formatDuration(Math.max(0, now - since))}, since ${toIso(since)}.`)
  }
  if (reserved) {
    parts.push(
      `Windows keeps the ports ${reserved.from} to ${reserved.to} for itself (see "netsh int ipv4 show ` +
        'excludedportrange tcp"): choose one outside, or restart the service that reserved them.',
    )
  }
  if (nextFree !== undefined) {
    // An address that is none of this machine's can have no free port: it was looked for at the usual one.
    const isElsewhere = failure.code === 'address-unavailable'
    parts.push(
      isElsewhere
        ? `On ${defaultListenHost}, port ${nextFree} is free.`
        : `Port ${nextFree} is free on ${nameOf(host)}.`,
    )
  }
  return parts.join(' ')
}

function nameOf(host: string): string {
  return isWildcard(host) ? 'every address' : host
}

function toIso(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
}
