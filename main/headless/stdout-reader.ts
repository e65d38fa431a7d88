/** Resolves when whoever reads our stdout has left, as "head" does; only a write can tell. */
export function stdoutReaderLeft(): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE') resolve()
    })
  })
}
