const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

function stepOf(pastMs: number): (typeof steps)[number] {
  return steps.find(([, size]) => pastMs >= size) ?? steps[3]
}

/** "2 minutes ago", in the words of the language. Times in Unix milliseconds. */
export function ago(locale: string, at: number, now: number): string {
  const past = Math.max(0, now - at)
  const [unit, ms] = stepOf(past)
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  return format.format(-Math.floor(past / ms), unit)
}

/** When `ago` reads differently. */
export function agoChangesAt(at: number, now: number): number {
  const past = Math.max(0, now - at)
  const [, ms] = stepOf(past)
  return at + (Math.floor(past / ms) + 1) * ms
}

/** When a duration that began at `from` is worth reading again: as fine as it is written, but no finer than a second. */
export function durationChangesAt(from: number, now: number): number {
  const past = Math.max(0, now - from)
  const ms = durationStep(past)
  return from + (Math.floor(past / ms) + 1) * ms
}

/** When the time that is left until `to`, in whole seconds, reads differently; once that has come, never. */
export function waitChangesAt(to: number, now: number): number {
  const left = to - now
  if (left <= 0) return Infinity
  const ms = durationStep(left)
  return to - (Math.ceil(left / ms) - 1) * ms
}

/** An hour and more is written in minutes, a day and more in hours. */
function durationStep(ms: number): number {
  if (ms < 3_600_000) return 1000
  return ms < 86_400_000 ? 60_000 : 3_600_000
}

/** "14:03:12.042" */
export function clockTime(at: number): string {
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')
  return `${time}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

/** Day and time, as the language writes them. */
export function dateTime(locale: string, at: number): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(at)
}
