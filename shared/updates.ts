/** What is known of a newer version of this app. */
export type UpdateStatus =
  /** This copy has nowhere to look: it was built without a feed, or is no desktop app. */
  | { readonly state: 'none' }
  | { readonly state: 'idle'; readonly checkedAt?: number }
  | { readonly state: 'checking' }
  /** `byHand`: it belongs to the system's package manager, so the user installs the newer package. */
  | {
      readonly state: 'available'
      readonly version: string
      readonly notes: string
      readonly byHand: boolean
    }
  | { readonly state: 'downloading'; readonly version: string; readonly percent: number }
  /** Downloaded and verified. */
  | { readonly state: 'ready'; readonly version: string; readonly notes: string }
  | { readonly state: 'failed'; readonly message: string }
