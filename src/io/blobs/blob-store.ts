/** Where files live that are served or kept as they are: captures, the log's tiles. Disk here; the shape fits S3. */

export interface BlobStore {
  /** Null when there is none. */
  read(path: string): Promise<Uint8Array | null>
  /**
   * Writes a file that nobody else may have written otherwise; durable when it returns. The same bytes again are fine.
   * @throws conflict when other bytes stand there
   */
  create(path: string, bytes: Uint8Array): Promise<void>
  /** Puts the bytes, or pieces one after another, in the place of what was there, at once and durably. */
  replace(path: string, bytes: Uint8Array | Iterable<Uint8Array>): Promise<void>
  /** False when there was none. */
  remove(path: string): Promise<boolean>
  /** Every path below a folder, sorted. */
  list(folder: string): Promise<string[]>
}
