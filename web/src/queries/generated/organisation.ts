// Generated from the query document and schema.graphql by tools/generate.mjs.
import type { Operation } from '../../api.ts';
import type { Attribute, BusinessModel, Channel, ClaimStatus, CodeRole, CompletedBy, Confidence, Criticality, Decision, Dependence, Direction, Grade, IdentifierScheme, Missing, NameKind, OrganisationKind, OrganisationStatus, Origin, Ownership, Polarity, Precision, PublisherAck, RelationDirection, RelationKind, ResponseStatus, Rollup, Specificity, UseType } from './schema.ts';

export interface OrganisationProfileData {
  organisation: {
    id: string;
    slug: string;
    name: string;
    nameLang: string;
    family: string | null;
    sector: {
      code: string;
      label: string;
    } | null;
    sectorText: string | null;
    sectorMissing: Missing | null;
    area: {
      code: string;
      name: string;
    } | null;
    location: {
      locality: string | null;
      precision: Precision | null;
      postalCode: string | null;
      latitude: number | null;
      longitude: number | null;
    } | null;
    founded: string | null;
    sizeBand: string | null;
    sizeMissing: Missing | null;
    publishersUsed: number;
    publishersMissing: Missing | null;
    publishersUnspecified: boolean;
    datasetsUsed: number;
    datasetsMissing: Missing | null;
    bestGrade: Grade | null;
    kind: OrganisationKind;
    kindLabel: string;
    ownership: Ownership;
    status: OrganisationStatus;
    website: string | null;
    businessModels: Array<BusinessModel>;
    useTypes: Array<UseType>;
    dependence: Dependence;
    publisherClaimCount: number;
    isPublisher: boolean;
    chapters: Array<string>;
    updatedAt: string;
    description: {
      value: string;
      lang: string;
    } | null;
    summary: {
      value: string;
      lang: string;
    } | null;
    codes: Array<{
      role: CodeRole;
      text: string | null;
      confidence: Confidence;
      code: {
        label: string;
      } | null;
      wave: {
        title: string;
      } | null;
    }>;
    answers: Array<{
      question: string;
      value: string | null;
      missing: Missing | null;
      wave: {
        title: string;
        opensOn: string;
      };
    }>;
    observations: Array<{
      indicator: {
        key: string;
      };
      period: string;
      low: string | null;
      high: string | null;
    }>;
    names: Array<{
      text: string;
      lang: string;
      kind: NameKind;
      validFrom: string | null;
      validTo: string | null;
    }>;
    identifiers: Array<{
      scheme: IdentifierScheme;
      value: string;
      url: string | null;
    }>;
    missing: Array<{
      attribute: Attribute;
      label: string;
      code: Missing;
    }>;
    gradeCounts: Array<{
      grade: Grade;
      count: number;
    }>;
    publisher: {
      slug: string;
    } | null;
    publishers: Array<{
      confirmed: boolean;
      unspecified: boolean;
      publisher: {
        slug: string;
      };
    }>;
    claims: {
      totalCount: number;
      pageInfo: {
        hasNextPage: boolean;
        endCursor: string | null;
      };
      nodes: Array<{
        id: string;
        specificity: Specificity;
        origin: Origin;
        status: ClaimStatus;
        grade: Grade;
        publisherAck: PublisherAck;
        countable: boolean;
        criticality: Criticality;
        publisher: {
          slug: string;
          name: string;
          nameLang: string;
          acronym: string | null;
          shortName: string;
        } | null;
        statedPublisher: {
          slug: string;
          name: string;
          nameLang: string;
          acronym: string | null;
          shortName: string;
        } | null;
        dataset: {
          slug: string;
          title: string;
          titleLang: string;
        } | null;
        theme: {
          label: string;
        } | null;
        purpose: {
          value: string;
          lang: string;
        } | null;
        evidence: Array<{
          polarity: Polarity;
          quote: string | null;
          locator: string | null;
          source: {
            title: string;
            titleLang: string | null;
            url: string | null;
            publishedOn: string | null;
          };
        }>;
      }>;
    };
    impacts: Array<{
      id: string;
      dimension: string;
      text: string | null;
      direction: Direction;
      origin: Origin;
      status: ClaimStatus;
      evidenceLevel: number;
      code: {
        code: string;
        label: string;
      } | null;
    }>;
    sdgs: Array<{
      origin: Origin;
      evidenceLevel: number;
      goal: {
        code: string;
        label: string;
      };
      rationale: {
        value: string;
        lang: string;
      } | null;
    }>;
    peers: Array<{
      organisation: {
        slug: string;
        name: string;
        nameLang: string;
        publishersUsed: number;
        family: string | null;
        sector: {
          label: string;
        } | null;
        sectorText: string | null;
        sectorMissing: Missing | null;
      };
      sharedPublishers: Array<{
        slug: string;
        name: string;
        nameLang: string;
        acronym: string | null;
        shortName: string;
        userCount: number;
      }>;
      components: Array<{
        key: string;
        value: number;
      }>;
      sharedDatasets: Array<{
        slug: string;
        title: string;
        titleLang: string;
      }>;
      beyond: {
        publisherCount: number;
        datasetCount: number;
        publishers: Array<{
          slug: string;
          name: string;
          nameLang: string;
          acronym: string | null;
          shortName: string;
        }>;
        datasets: Array<{
          slug: string;
          title: string;
          titleLang: string;
        }>;
      };
    }>;
    dataOfPeers: {
      asOf: string;
      isRecorded: boolean;
      rollup: Rollup;
      n: number;
      methodVersion: string;
      revision: number;
      filters: string;
      waves: Array<{
        slug: string;
        title: string;
        study: {
          chapter: string;
          title: string;
        };
      }>;
      coverage: {
        attribute: Attribute;
        answered: number;
        asked: number;
      };
      sharing: boolean;
      publisherCount: number;
      datasetCount: number;
      publishers: Array<{
        peerCount: number;
        publisher: {
          slug: string;
          name: string;
          nameLang: string;
          acronym: string | null;
          shortName: string;
        };
        dataset: {
          slug: string;
          title: string;
          titleLang: string;
        } | null;
        peers: Array<{
          slug: string;
          name: string;
          nameLang: string;
        }>;
      }>;
      datasets: Array<{
        peerCount: number;
        publisher: {
          slug: string;
          name: string;
          nameLang: string;
          acronym: string | null;
          shortName: string;
        };
        dataset: {
          slug: string;
          title: string;
          titleLang: string;
        } | null;
        peers: Array<{
          slug: string;
          name: string;
          nameLang: string;
        }>;
      }>;
    };
    relations: Array<{
      kind: RelationKind;
      decision: Decision;
      direction: RelationDirection;
      validFrom: string | null;
      validTo: string | null;
      other: {
        slug: string;
        name: string;
        nameLang: string;
      };
    }>;
    responses: Array<{
      channel: Channel;
      status: ResponseStatus;
      completedBy: CompletedBy;
      wave: {
        slug: string;
        title: string;
        opensOn: string;
        study: {
          title: string;
          medianPublishersUsed: number | null;
          medianDatasetsUsed: number | null;
        };
      };
    }>;
    source: {
      title: string;
      titleLang: string | null;
      url: string | null;
      author: string | null;
      publishedOn: string | null;
      grade: Grade;
    } | null;
    attribution: {
      text: string;
      licence: string;
      url: string;
    };
  } | null;
  dataImpacts: {
    codes: Array<{
      code: string;
      label: string;
    }>;
  } | null;
  meta: {
    asOf: string;
    methodVersion: string;
    revision: number;
  };
}

export type OrganisationProfileVariables = {
  slug: string;
};

export const OrganisationProfile: Operation<OrganisationProfileData, OrganisationProfileVariables> = {
  id: '6851242fa1ed76c3e3cee9cf99fd3aabad1778c7ef4eeb62d9ba1af0af72bc96',
  text: "query OrganisationProfile($slug: String!) { organisation(slug: $slug) { id ...OrganisationRow kind kindLabel ownership status website businessModels useTypes dependence publisherClaimCount isPublisher chapters updatedAt description { value lang } summary { value lang } location { precision postalCode latitude longitude } codes { role text confidence code { label } wave { title } } answers { question value missing wave { title opensOn } } observations(first: 50) { indicator { key } period low high } names { text lang kind validFrom validTo } identifiers { scheme value url } missing { attribute label code } gradeCounts { grade count } publisher { slug } publishers(first: 50) { confirmed unspecified publisher { slug } } claims(first: 60) { totalCount pageInfo { ...Page } nodes { ...ClaimRow } } impacts { id dimension text direction origin status evidenceLevel code { code label } } sdgs { origin evidenceLevel goal { code label } rationale { value lang } } peers(first: 5) { organisation { slug name nameLang publishersUsed family sector { label } sectorText sectorMissing } sharedPublishers { ...PublisherRow userCount } components { key value } sharedDatasets { slug title titleLang } beyond { publisherCount datasetCount publishers(first: 8) { ...PublisherRow } datasets(first: 5) { slug title titleLang } } } dataOfPeers(among: 10) { ...Figure sharing publisherCount datasetCount publishers(first: 30) { ...PeerRow } datasets(first: 30) { ...PeerRow } } relations { kind decision direction validFrom validTo other { slug name nameLang } } responses { channel status completedBy wave { slug title opensOn study { title medianPublishersUsed medianDatasetsUsed } } } source { title titleLang url author publishedOn grade } attribution { text licence url } } dataImpacts: scheme(id: \"od500_data_impact\") { codes { code label } } meta { asOf methodVersion revision } }\nfragment ClaimRow on UseClaim { id specificity origin status grade publisherAck countable criticality publisher { ...PublisherRow } statedPublisher { ...PublisherRow } dataset { slug title titleLang } theme { label } purpose { value lang } evidence { polarity quote locator source { title titleLang url publishedOn } } }\nfragment Figure on Aggregate { asOf isRecorded rollup n methodVersion revision filters waves { slug title study { chapter title } } coverage { attribute answered asked } }\nfragment OrganisationRow on Organisation { slug name nameLang family sector { code label } sectorText sectorMissing area { code name } location { locality } founded sizeBand sizeMissing publishersUsed publishersMissing publishersUnspecified datasetsUsed datasetsMissing bestGrade }\nfragment Page on PageInfo { hasNextPage endCursor }\nfragment PeerRow on PeerData { peerCount publisher { ...PublisherRow } dataset { slug title titleLang } peers(first: 3) { slug name nameLang } }\nfragment PublisherRow on Publisher { slug name nameLang acronym shortName }",
};

export interface OrganisationClaimsData {
  organisation: {
    claims: {
      totalCount: number;
      pageInfo: {
        hasNextPage: boolean;
        endCursor: string | null;
      };
      nodes: Array<{
        id: string;
        specificity: Specificity;
        origin: Origin;
        status: ClaimStatus;
        grade: Grade;
        publisherAck: PublisherAck;
        countable: boolean;
        criticality: Criticality;
        publisher: {
          slug: string;
          name: string;
          nameLang: string;
          acronym: string | null;
          shortName: string;
        } | null;
        statedPublisher: {
          slug: string;
          name: string;
          nameLang: string;
          acronym: string | null;
          shortName: string;
        } | null;
        dataset: {
          slug: string;
          title: string;
          titleLang: string;
        } | null;
        theme: {
          label: string;
        } | null;
        purpose: {
          value: string;
          lang: string;
        } | null;
        evidence: Array<{
          polarity: Polarity;
          quote: string | null;
          locator: string | null;
          source: {
            title: string;
            titleLang: string | null;
            url: string | null;
            publishedOn: string | null;
          };
        }>;
      }>;
    };
  } | null;
}

export type OrganisationClaimsVariables = {
  slug: string;
  after?: string | null;
};

export const OrganisationClaims: Operation<OrganisationClaimsData, OrganisationClaimsVariables> = {
  id: '722a980c799208321b2cb093022e3646993e5163d621277144bad0d6ccd1f987',
  text: "query OrganisationClaims($slug: String!, $after: String) { organisation(slug: $slug) { claims(first: 60, after: $after) { totalCount pageInfo { ...Page } nodes { ...ClaimRow } } } }\nfragment ClaimRow on UseClaim { id specificity origin status grade publisherAck countable criticality publisher { ...PublisherRow } statedPublisher { ...PublisherRow } dataset { slug title titleLang } theme { label } purpose { value lang } evidence { polarity quote locator source { title titleLang url publishedOn } } }\nfragment Page on PageInfo { hasNextPage endCursor }\nfragment PublisherRow on Publisher { slug name nameLang acronym shortName }",
};
