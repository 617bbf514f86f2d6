//! Where a place lies on a small map. Areas keep their sizes: a conic of Albers for one country, Equal Earth
//! for the world.

/// What a map shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// The states of Mexico.
    Mexico,
    /// The contiguous states of the United States.
    UnitedStates,
    /// The countries of the world.
    World,
}

impl Ground {
    /// The ground of one country's states; `None` where only countries can be drawn.
    pub fn of_country(code: &str) -> Option<Self> {
        match code {
            "MX" => Some(Self::Mexico),
            "US" => Some(Self::UnitedStates),
            _ => None,
        }
    }

    /// How it is laid out.
    pub fn frame(self) -> Frame {
        match self {
            Self::Mexico => Frame {
                kind: Kind::Conic { parallels: [17.0, 29.0], centre: [-101.9, 23.9] },
                scale: 1143.0,
                height: 410.0,
            },
            Self::UnitedStates => Frame {
                kind: Kind::Conic { parallels: [29.5, 45.5], centre: [-96.0, 37.9] },
                scale: 743.0,
                height: 380.0,
            },
            Self::World => Frame { kind: Kind::EqualEarth, scale: 110.0, height: 280.0 },
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Conic { parallels: [f64; 2], centre: [f64; 2] },
    EqualEarth,
}

/// A projection onto a picture [`WIDTH`](super::shapes::WIDTH) wide.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    kind: Kind,
    scale: f64,
    /// The height of the picture.
    pub height: f64,
}

impl Frame {
    /// Where a place lies, in degrees east and north.
    pub fn place(&self, longitude: f64, latitude: f64) -> [f64; 2] {
        let middle = super::shapes::WIDTH / 2.0;
        match self.kind {
            Kind::Conic { parallels: [south, north], centre: [longitude0, latitude0] } => {
                let [south, north] = [south, north].map(f64::to_radians);
                let n = f64::midpoint(south.sin(), north.sin());
                let c = south.cos().powi(2) + 2.0 * n * south.sin();
                let radius = |latitude: f64| (c - 2.0 * n * latitude.to_radians().sin()).max(0.0).sqrt() / n;
                let theta = n * (longitude - longitude0).to_radians();
                let here = radius(latitude);
                [
                    middle + self.scale * here * theta.sin(),
                    self.height / 2.0 + self.scale * (here * theta.cos() - radius(latitude0)),
                ]
            }
            Kind::EqualEarth => {
                const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];
                let third = 3.0_f64.sqrt() / 2.0;
                let t = (third * latitude.to_radians().sin()).asin();
                let (t2, t6) = (t * t, t.powi(6));
                let slope = A[0] + 3.0 * A[1] * t2 + t6 * (7.0 * A[2] + 9.0 * A[3] * t2);
                let x = longitude.to_radians() * t.cos() / (third * slope);
                let y = t * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2));
                // The empty south is cut off, so the equator lies below the middle.
                [middle + self.scale * x, self.height * 0.553 - self.scale * y]
            }
        }
    }

    /// Whether a point lies on the picture.
    pub fn holds(&self, [x, y]: [f64; 2]) -> bool {
        (0.0..=super::shapes::WIDTH).contains(&x) && (0.0..=self.height).contains(&y)
    }
}
