import { listMigrations } from "../stack/database/migrations.ts";
import { checked, headline, sum, type Tally } from "./tally.ts";

/**
 * Names and order of the migrations: `<14-digit UTC timestamp>_<snake_case>.sql`, each timestamp a
 * real time and used once.
 */
export async function checkMigrations(checkout: string): Promise<Tally> {
  headline("Migration files");
  try {
    const migrations = await listMigrations(checkout);
    const badNames = migrations.filter(({ version, name }) =>
      !isTimestamp(version) || !/^[a-z0-9]+(_[a-z0-9]+)*$/.test(name)
    );
    return sum([
      checked(
        migrations.length > 0,
        `${migrations.length} migrations, each with its own timestamp`,
      ),
      checked(
        badNames.length === 0,
        `names are <yyyymmddhhmmss>_<snake_case>.sql${
          badNames.map(({ path }) => `\n    not so: ${path}`).join("")
        }`,
      ),
    ]);
  } catch (error) {
    return checked(false, error instanceof Error ? error.message : String(error));
  }
}

function isTimestamp(version: string): boolean {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(version);
  if (!parts) return false;
  const [, year, month, day, hour, minute, second] = parts;
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString() === text;
}
