/** Takes answers as they come, and passes on the one to the question that was asked last. */
export function latestAnswer<T>(take: (answer: T) => void): (answer: Promise<T>) => Promise<void> {
  let asked = 0
  return async (answer) => {
    asked += 1
    const mine = asked
    const value = await answer
    if (mine === asked) take(value)
  }
}
