/** A part of the report. */
export interface Section {
  title: string;
  lines: string[];
  /** What one has to know to read it right. */
  notes?: string[];
}
