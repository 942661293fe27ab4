/** The attribute of a `details` that is open from the start. */

/** Nothing where it is closed: `open={false}` would shut, once the script is there, what somebody opened before. */
export function openIf(opened: boolean): { open?: true } {
  return opened ? { open: true } : {}
}
