const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** "2 minutes ago", in the words of the language. Times in Unix milliseconds. */
export function ago(locale: string, at: number, now: number): string {
  const past = Math.max(0, now - at)
  const [unit, ms] = steps.find(([, size]) => past >= size) ?? steps[3]
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  return format.format(-Math.floor(past / ms), unit)
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
