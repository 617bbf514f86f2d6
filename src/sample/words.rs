//! Invented names: syllables that make no real brand, and what such an organisation would call itself.

use super::pick::{chance, one};
use rand_chacha::ChaCha8Rng;

const STARTS: [&str; 28] = [
    "Nubi", "Quimer", "Tlál", "Ñand", "Faro", "Brúj", "Lumb", "Zarz", "Cóndo", "Marej", "Vérti", "Xoco", "Jacar",
    "Ombú", "Pímo", "Albor", "Güir", "Héli", "Isób", "Kíno", "Lagún", "Mécat", "Néct", "Órbi", "Péndo", "Rútil",
    "Sábal", "Wíxar",
];
const MIDDLES: [&str; 16] = [
    "a", "ela", "ari", "ono", "unda", "ista", "era", "olia", "ipe", "uma", "antia", "ébola", "ilo", "éna", "otla",
    "írica",
];
const ENDS: [&str; 14] =
    ["x", "ra", "dor", "li", "nea", "mar", "lis", "ndo", "via", "tec", "plo", "sur", "ñana", "cil"];

const TRADES: [(&str, &str); 20] = [
    ("Datos", "Data"),
    ("Analítica", "Analytics"),
    ("Cartografía", "Mapping"),
    ("Laboratorio Cívico", "Civic Lab"),
    ("Movilidad", "Mobility"),
    ("Energía", "Energy"),
    ("Consultores", "Consulting"),
    ("Noticias", "News"),
    ("Salud", "Health"),
    ("Agrotecnia", "Agritech"),
    ("Finanzas", "Finance"),
    ("Seguros", "Insurance"),
    ("Vivienda", "Housing"),
    ("Clima", "Weather"),
    ("Educación", "Learning"),
    ("Observatorio", "Observatory"),
    ("Logística", "Logistics"),
    ("Software", "Software"),
    ("Investigación", "Research"),
    ("Transparencia", "Transparency"),
];

const LONG: [(&str, &str); 4] = [
    (
        "Asociación Imaginaria para el Fomento de la Reutilización Responsable de la Información Pública en",
        "Imaginary Association for the Responsible Reuse of Public Sector Information in",
    ),
    (
        "Red Inventada de Organizaciones por los Datos Abiertos, la Transparencia y el Desarrollo Sostenible de",
        "Invented Network of Organisations for Open Data, Transparency and Sustainable Development of",
    ),
    (
        "Centro Ficticio de Estudios Interdisciplinarios sobre Población, Territorio y Medio Ambiente de",
        "Fictional Centre for Interdisciplinary Studies of Population, Territory and Environment of",
    ),
    (
        "Cooperativa de Fantasía de Productoras y Productores de Alimentos Agroecológicos del Valle de",
        "Fantasy Cooperative of Producers of Agroecological Food of the Valley of",
    ),
];

const FORMS: [&str; 5] = ["S.A. de C.V.", "S.C.", "A.C.", "S.A.P.I. de C.V.", "S. de R.L. de C.V."];

/// A made name of an organisation and its legal form, if it bears one.
pub(super) fn organisation(rng: &mut ChaCha8Rng, spanish: bool) -> (String, Option<String>) {
    let brand = brand(rng);
    let language = |pair: &(&'static str, &'static str)| if spanish { pair.0 } else { pair.1 };
    if chance(rng, 2) {
        return (format!("{} {brand}", language(one(rng, &LONG))), None);
    }
    let trade = language(one(rng, &TRADES));
    let name = if spanish && chance(rng, 30) { format!("{trade} {brand}") } else { format!("{brand} {trade}") };
    if spanish && chance(rng, 25) {
        let form = *one(rng, &FORMS);
        (format!("{name}, {form}"), Some(form.to_owned()))
    } else {
        (name, None)
    }
}

/// An invented brand such as `Nubielatec`.
pub(super) fn brand(rng: &mut ChaCha8Rng) -> String {
    format!("{}{}{}", one(rng, &STARTS), one(rng, &MIDDLES), one(rng, &ENDS))
}

/// Name and acronym of a body of the third level.
type Service = (&'static str, &'static str);
/// Name and acronym of a body of the second level, with its services.
type Agency = (&'static str, &'static str, &'static [Service]);
/// Name and acronym of a body of the first level, with its agencies.
type Secretariat = (&'static str, &'static str, &'static [Agency]);

/// Names of national bodies, three levels: secretariat, its agencies, their services.
pub(super) const SECRETARIATS: [Secretariat; 8] = [
    (
        "Secretaría Ficticia de Nubes y Mareas",
        "SEFINUM",
        &[
            ("Comisión Imaginaria de Ríos y Lagunas", "CIRLA", &[("Servicio Inventado de Lluvias", "SILLU")]),
            ("Instituto Ficticio de Costas", "IFICO", &[]),
        ],
    ),
    (
        "Instituto Imaginario de Estadística y Cuentas",
        "IMEC",
        &[
            ("Dirección Ficticia de Censos", "DIFICE", &[("Unidad Inventada de Cartografía Censal", "UICC")]),
            ("Dirección Ficticia de Precios", "DIFIPRE", &[]),
        ],
    ),
    (
        "Secretaría Ficticia de Caminos y Faros",
        "SEFICAF",
        &[
            ("Agencia Imaginaria de Trenes Nocturnos", "AITREN", &[]),
            ("Comisión Inventada de Puertos de Papel", "CIPUPA", &[("Registro Ficticio de Barcazas", "REFIBA")]),
        ],
    ),
    (
        "Secretaría Ficticia de Monedas y Cuentas",
        "SEFIMON",
        &[
            ("Servicio Imaginario de Recaudación", "SIREC", &[]),
            ("Comisión Ficticia de Alcancías", "COFIAL", &[("Padrón Inventado de Alcancías", "PIAL")]),
        ],
    ),
    (
        "Secretaría Ficticia de Salud Imaginaria",
        "SEFISAL",
        &[
            ("Instituto Inventado de Epidemias de Cuento", "IIEC", &[("Laboratorio Ficticio de Remedios", "LAFIRE")]),
            ("Comisión Ficticia de Farmacias", "COFIFAR", &[]),
        ],
    ),
    ("Secretaría Ficticia de Escuelas", "SEFIES", &[("Instituto Imaginario de Pupitres", "IMPUP", &[])]),
    (
        "Secretaría Ficticia de Campos y Cosechas",
        "SEFICAM",
        &[("Servicio Inventado de Maíces", "SIMA", &[("Observatorio Ficticio de Precios de Mercado", "OFIPREM")])],
    ),
    ("Banco Imaginario de la República de Muestra", "BIREM", &[]),
];

/// What the predecessors of some bodies were called, and since when they are history.
pub(super) const PREDECESSORS: [(&str, &str, &str, i32); 3] = [
    ("Secretaría Ficticia de Vientos", "SEFIVI", "Secretaría Ficticia de Nubes y Mareas", 2018),
    ("Comisión Imaginaria de Diligencias", "CIDIL", "Secretaría Ficticia de Caminos y Faros", 2021),
    ("Dirección Ficticia de Padrones", "DIFIPAD", "Instituto Imaginario de Estadística y Cuentas", 2019),
];

/// Subjects of datasets in Spanish and English, with the code of their theme and the goal they touch.
pub(super) const SUBJECTS: [(&str, &str, &str, u8); 18] = [
    ("Censo de hogares", "Household census", "demographics_social", 11),
    ("Encuesta de ocupación", "Labour survey", "economics", 8),
    ("Directorio de unidades económicas", "Register of economic units", "business", 8),
    ("Índice de precios", "Price index", "economics", 8),
    ("Mediciones de lluvia", "Rainfall measurements", "weather", 13),
    ("Niveles de presas", "Reservoir levels", "environment", 6),
    ("Calidad del aire", "Air quality", "environment", 11),
    ("Rutas y horarios", "Routes and timetables", "transportation", 11),
    ("Siniestros viales", "Road crashes", "public_safety", 3),
    ("Presupuesto de egresos", "Expenditure budget", "government_operations", 16),
    ("Contrataciones públicas", "Public procurement", "government_operations", 16),
    ("Registro de clínicas", "Register of clinics", "health_healthcare", 3),
    ("Padrón de escuelas", "Register of schools", "education", 4),
    ("Producción de cosechas", "Crop production", "agriculture_food", 2),
    ("Tarifas eléctricas", "Electricity tariffs", "energy", 7),
    ("Catastro abierto", "Open cadastre", "geospatial_mapping", 11),
    ("Tasas de interés", "Interest rates", "finance", 8),
    ("Resoluciones publicadas", "Published rulings", "legal", 16),
];
