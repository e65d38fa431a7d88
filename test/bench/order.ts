/** In an order that is any with the same chance (Fisher and Yates). @param random from 0 to below 1 */
export function shuffle<T>(items: readonly T[], random: () => number): T[] {
  const shuffled = [...items]
  for (let left = shuffled.length; left > 1; left -= 1) {
    const [chosen] = shuffled.splice(Math.floor(random() * left), 1)
    shuffled.push(chosen as T)
  }
  return shuffled
}

/** The same numbers in each run, so that it can be repeated: a linear congruential generator with the constants of POSIX. */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return state / 2 ** 32
  }
}
