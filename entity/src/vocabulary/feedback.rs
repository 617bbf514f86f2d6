//! What users say about datasets.

vocabulary! {
    /// What feedback on a dataset is about.
    FeedbackDimension {
        Availability = "availability",
        Accuracy = "accuracy",
        Timeliness = "timeliness",
        Completeness = "completeness",
        Format = "format",
        Documentation = "documentation",
        Licence = "licence",
        Stability = "stability",
        Cost = "cost",
    }

    /// How much what it is about hinders.
    FeedbackSeverity {
        /// It prevents the use.
        Blocker = "blocker",
        Annoying = "annoying",
        /// Nothing is wrong; it could be better.
        Wish = "wish",
    }

    /// What the publisher has done about it.
    FeedbackState {
        Open = "open",
        Acknowledged = "acknowledged",
        Fixed = "fixed",
        WillNotFix = "will_not_fix",
    }

    /// Whether somebody has looked at words before everybody may read them.
    Moderation {
        Pending = "pending",
        Shown = "shown",
        Hidden = "hidden",
    }

    /// Where feedback comes from.
    FeedbackOrigin {
        Form = "form",
        Survey = "survey",
    }
}
