/** Runs a body and then closes what it took into ownership, the last first, however the body ended. */
export async function withClosers<T>(body: (own: (close: () => unknown) => void) => Promise<T>): Promise<T> {
  const closers: (() => unknown)[] = []
  try {
    return await body((close) => closers.push(close))
  } finally {
    for (const close of closers.reverse()) await close()
  }
}
