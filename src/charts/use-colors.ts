/** The colors of LC use, BE use and free capacity: dark, middle and light, also in gray print. */
export const USE_COLORS = { lc: "#0B4F8A", be: "#E69F00", free: "#E9E9E9" } as const;
