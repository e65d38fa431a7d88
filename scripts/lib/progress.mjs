const everyMs = 10_000

/**
 * Waits for a job, and says on stderr that it goes on: npm draws its own progress on terminals only.
 * @template T
 * @param {string} label
 * @param {() => Promise<T>} job
 * @returns {Promise<T>}
 */
export async function withProgress(label, job) {
  const startedAt = Date.now()
  console.error(`${label} …`)
  const timer = setInterval(() => {
    console.error(`${label}: ${Math.round((Date.now() - startedAt) / 1000)} s so far …`)
  }, everyMs)
  try {
    return await job()
  } finally {
    clearInterval(timer)
  }
}
