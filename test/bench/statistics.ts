/** The middle of the values, or the mean of the two in the middle. Undefined without values. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2
}

/** Half the distance between the smallest and the largest value, as a share of the median: how noisy a run was. */
export function spread(values: readonly number[]): number | undefined {
  const middle = median(values)
  if (middle === undefined || middle === 0) return undefined
  return (Math.max(...values) - Math.min(...values)) / 2 / middle
}

/** `value` as a multiple of `base`; undefined where either is unknown or there is nothing to divide by. */
export function ratio(value: number | undefined, base: number | undefined): number | undefined {
  return value === undefined || base === undefined || base === 0 ? undefined : value / base
}

/** The best of the values: the largest or the smallest. */
export function best(values: readonly number[], better: 'more' | 'less'): number | undefined {
  if (values.length === 0) return undefined
  return better === 'more' ? Math.max(...values) : Math.min(...values)
}
