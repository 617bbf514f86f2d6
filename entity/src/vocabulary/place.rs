//! Where something lies.

vocabulary! {
    /// What happens at a place.
    LocationRole {
        Hq = "hq",
        Branch = "branch",
        Operation = "operation",
    }

    /// How exactly a point is known.
    Precision {
        Point = "point",
        Locality = "locality",
        Municipality = "municipality",
        State = "state",
        Country = "country",
    }

    /// The scheme of an area's code.
    AreaScheme {
        Country = "iso3166-1",
        Subdivision = "iso3166-2",
        InegiEnt = "inegi_ent",
        InegiMun = "inegi_mun",
    }
}
