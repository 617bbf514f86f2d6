// Generated from schema.graphql by tools/generate.mjs: the inputs and enums that queries name.
export interface Filter {
  chapter?: Array<string> | null;
  wave?: Array<string> | null;
  sector?: Array<string> | null;
  family?: Array<string> | null;
  sdg?: Array<string> | null;
  area?: Array<string> | null;
  publisher?: Array<string> | null;
  withDescendants?: boolean;
  withPredecessors?: boolean;
  dataset?: Array<string> | null;
  theme?: Array<string> | null;
  size?: Array<string> | null;
  kind?: Array<string> | null;
  model?: Array<string> | null;
  grade?: Array<Grade> | null;
  criticality?: Array<Criticality> | null;
  access?: Array<AccessMode> | null;
  bbox?: Array<number> | null;
  text?: string | null;
  includeRecovered?: boolean;
  rollup?: Rollup | null;
  asOf?: string | null;
  knownAt?: string | null;
}

export interface RequestFilter {
  publisher?: Array<string> | null;
  sector?: Array<string> | null;
  theme?: Array<string> | null;
  chapter?: Array<string> | null;
  status?: Array<RequestStatus> | null;
  blocking?: Array<BlockingReason> | null;
  isOverdue?: boolean | null;
  text?: string | null;
  asOf?: string | null;
  knownAt?: string | null;
}

export type AccessMode = 'DOWNLOAD' | 'API' | 'SCRAPING' | 'REQUEST' | 'PURCHASE' | 'INTERMEDIARY' | 'UNKNOWN';

export type Attribute = 'KIND' | 'SECTOR' | 'AREA' | 'SIZE' | 'FOUNDED' | 'BUSINESS_MODEL' | 'REVENUE_SOURCE' | 'DATA_TYPE' | 'USE_TYPE' | 'SOCIAL_IMPACT' | 'DATA_IMPACT' | 'SDG' | 'PUBLISHER' | 'DATASET' | 'SOURCE_COUNT' | 'DESCRIPTION' | 'EXAMPLE_USES' | 'FINANCIAL_INFO' | 'CRITICALITY' | 'USED_SINCE' | 'IF_STOPPED';

export type BlockingReason = 'NOT_PUBLISHED' | 'NOT_FOUND' | 'STALE' | 'FORMAT' | 'LICENCE' | 'GRANULARITY' | 'QUALITY' | 'PRICE';

export type BusinessModel = 'B_2B' | 'B_2C' | 'B_2G' | 'B_2N' | 'OTHER';

export type Channel = 'INVITED' | 'SELF_SUBMITTED' | 'NOMINATED' | 'DESK' | 'UNKNOWN';

export type ClaimStatus = 'PROPOSED' | 'UNDER_REVIEW' | 'ACCEPTED' | 'REJECTED' | 'DISPUTED' | 'SUPERSEDED' | 'RETRACTED' | 'EXPIRED';

export type CodeRole = 'REUSE_SECTOR_PRIMARY' | 'REUSE_SECTOR_OTHER' | 'INDUSTRY_PRIMARY' | 'INDUSTRY_OTHER' | 'REVENUE_SOURCE' | 'DATA_TYPE';

export type CompletedBy = 'ORGANISATION' | 'RESEARCHER' | 'UNKNOWN';

export type Confidence = 'HIGH' | 'MEDIUM' | 'LOW';

export type Criticality = 'CORE' | 'SUPPORTING' | 'OCCASIONAL' | 'UNKNOWN';

export type DatasetAccess = 'OPEN' | 'REGISTRATION' | 'FEE' | 'RESTRICTED' | 'UNKNOWN';

export type DatasetStatus = 'PUBLISHED' | 'PLANNED' | 'WITHDRAWN' | 'UNPUBLISHED_KNOWN' | 'UNKNOWN';

export type Decision = 'PROPOSED' | 'ACCEPTED' | 'REJECTED';

export type DemandSide = 'SECTOR' | 'NO_SECTOR' | 'PERSONS';

export type Dependence = 'CORE' | 'INCIDENTAL' | 'UNKNOWN';

export type DesignationKind = 'STRATEGIC_INFRASTRUCTURE' | 'EU_HVD' | 'NATIONAL_INTEREST_INFO' | 'REFERENCE_DATA';

export type Dimension = 'SECTOR' | 'FAMILY' | 'SDG' | 'AREA' | 'PUBLISHER' | 'DATASET' | 'SIZE' | 'KIND' | 'MODEL' | 'GRADE' | 'CHAPTER' | 'WAVE' | 'THEME';

export type Direction = 'POSITIVE' | 'NEGATIVE' | 'MIXED';

export type FeedbackDimension = 'AVAILABILITY' | 'ACCURACY' | 'TIMELINESS' | 'COMPLETENESS' | 'FORMAT' | 'DOCUMENTATION' | 'LICENCE' | 'STABILITY' | 'COST';

export type FeedbackSeverity = 'BLOCKER' | 'ANNOYING' | 'WISH';

export type FeedbackState = 'OPEN' | 'ACKNOWLEDGED' | 'FIXED' | 'WILL_NOT_FIX';

export type FlowLevel = 'PUBLISHER' | 'DATASET' | 'SECTOR' | 'SDG';

export type Frame = 'OPEN_CALL' | 'LIST' | 'SNOWBALL' | 'REGISTER' | 'DESK';

export type Grade = 'A' | 'B' | 'C' | 'D' | 'E';

export type HttpState = 'OK' | 'REDIRECTED' | 'DEAD' | 'UNKNOWN';

export type IdentifierScheme = 'LEI' | 'CLEE' | 'RFC_HMAC' | 'OPENCORPORATES' | 'WIKIDATA' | 'ROR' | 'DOMAIN' | 'CKAN_ORG' | 'OD_500' | 'IMPACTMAP' | 'SAMPLE' | 'OTHER';

export type MappingRelation = 'EXACT' | 'CLOSE' | 'BROAD' | 'NARROW' | 'RELATED';

export type Missing = 'NOT_ASKED' | 'NO_ANSWER' | 'DONT_KNOW' | 'REFUSED' | 'NOT_APPLICABLE' | 'SUPPRESSED';

export type NameKind = 'OFFICIAL' | 'LEGAL' | 'TRADE' | 'FORMER' | 'ACRONYM' | 'ALIAS';

export type NetworkKind = 'ORGANISATION' | 'DATASET' | 'PUBLISHER';

export type ObservationStatus = 'NORMAL' | 'ESTIMATED' | 'IMPUTED' | 'PROVISIONAL' | 'MISSING';

export type OrganisationKind = 'COMPANY' | 'SOCIAL_ENTERPRISE' | 'CIVIL_SOCIETY' | 'ACADEMIA' | 'MEDIA' | 'DEVELOPER_GROUP' | 'COOPERATIVE' | 'GOVERNMENT' | 'STATE_ENTERPRISE' | 'INTERNATIONAL' | 'INDIVIDUAL_TRADER' | 'OTHER';

export type OrganisationOrder = 'NAME' | 'PUBLISHERS_USED' | 'DATASETS_USED' | 'CLAIMS' | 'FOUNDED' | 'UPDATED' | 'SECTOR' | 'PLACE' | 'KIND' | 'SIZE' | 'EVIDENCE';

export type OrganisationStatus = 'ACTIVE' | 'DORMANT' | 'MERGED' | 'CLOSED' | 'UNKNOWN';

export type Origin = 'DECLARED' | 'INFERRED' | 'RECOVERED';

export type Ownership = 'LISTED' | 'PRIVATE' | 'STATE' | 'MIXED' | 'NONPROFIT' | 'UNKNOWN';

export type Polarity = 'SUPPORTS' | 'CONTRADICTS' | 'MENTIONS';

export type Precision = 'POINT' | 'LOCALITY' | 'MUNICIPALITY' | 'STATE' | 'COUNTRY';

export type PrintedBy = 'SECTOR' | 'PUBLISHER';

export type PublisherAck = 'NONE' | 'REQUESTED' | 'CONFIRMED' | 'NOT_RECOGNISED';

export type PublisherLevel = 'FEDERAL' | 'STATE' | 'MUNICIPAL' | 'AUTONOMOUS' | 'LEGISLATIVE' | 'JUDICIAL' | 'STATE_ENTERPRISE' | 'UNIVERSITY' | 'INTERNATIONAL' | 'OTHER' | 'UNKNOWN';

export type RelationDirection = 'FROM' | 'TO';

export type RelationKind = 'PART_OF' | 'OWNED_BY' | 'SUCCEEDED_BY' | 'MERGED_INTO' | 'SPLIT_FROM' | 'ABSORBS_FUNCTIONS';

export type RequestOrder = 'ORGANISATIONS' | 'BLOCKED' | 'HEAT' | 'NEWEST' | 'DUE';

export type RequestStatus = 'SUBMITTED' | 'TRIAGED' | 'FORWARDED' | 'ACCEPTED_PLANNED' | 'PARTIALLY_PUBLISHED' | 'PUBLISHED' | 'REJECTED' | 'DUPLICATE' | 'WITHDRAWN' | 'NOT_GOVERNMENT_DATA';

export type ResponseStatus = 'IDENTIFIED' | 'INVITED' | 'OPENED' | 'PARTIAL' | 'SUBMITTED' | 'VALIDATED' | 'REFUSED' | 'NO_CONTACT' | 'INELIGIBLE' | 'DUPLICATE';

export type RiskNote = 'NO_INTERVAL' | 'NO_DATE' | 'DEAD';

export type Rollup = 'PUBLISHER' | 'AS_STATED' | 'ROOT' | 'LEVEL' | 'SUCCESSOR_CHAIN' | 'AS_DECIDED';

export type SearchType = 'ORGANISATION' | 'PUBLISHER' | 'DATASET' | 'SECTOR' | 'AREA' | 'SDG';

export type Specificity = 'DISTRIBUTION' | 'DATASET' | 'SERIES' | 'PUBLISHER' | 'THEME';

export type UseType = 'PRODUCT_SERVICE' | 'OPTIMISATION' | 'ADVOCACY' | 'RESEARCH' | 'OTHER' | 'UNKNOWN';

export type WaveState = 'DRAFT' | 'OPEN' | 'CLOSED' | 'PUBLISHED' | 'ARCHIVED';
