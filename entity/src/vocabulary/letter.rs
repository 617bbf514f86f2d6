//! Letters to people.

vocabulary! {
    /// What a letter is about.
    LetterKind {
        /// A link that signs in once.
        SignInLink = "sign_in_link",
        /// Somebody has made an account for the reader.
        AccountCreated = "account_created",
        /// An organisation is asked to answer a wave.
        Invitation = "invitation",
        /// It is asked again.
        Reminder = "reminder",
        /// A reviewer asks about what the reader has proposed.
        ReviewQuestion = "review_question",
        /// What waits for the answer of somebody who speaks for a publisher.
        PublisherDigest = "publisher_digest",
        /// A link that makes an account for who has asked for one.
        SignUpLink = "sign_up_link",
        /// A link that proves that the reader's mailbox is at an organisation's domain.
        TakeoverLink = "takeover_link",
        /// Somebody else asks to speak, or speaks, for the reader's organisation.
        TakeoverNews = "takeover_news",
        /// What came of the reader's asking to speak for an organisation.
        TakeoverSettled = "takeover_settled",
        /// A request for data waits for the answer of somebody who speaks for its publisher.
        RequestWaiting = "request_waiting",
        /// The second factor of the reader's account was set, renewed or ended, or a recovery code was used.
        SecondFactorNews = "second_factor_news",
        /// The reader's organisation was put forward for a wave: the link by which it answers.
        Nomination = "nomination",
        /// Another answer link, for who followed one that had expired.
        NewAnswerLink = "new_answer_link",
    }

    /// How far a letter has come.
    LetterStatus {
        /// To be sent when its time has come.
        Waiting = "waiting",
        /// Being sent at this moment.
        Sending = "sending",
        Sent = "sent",
        /// Given up: refused for good, or tried too often.
        Failed = "failed",
        /// Nobody knows whether it arrived; it is not sent again.
        Unknown = "unknown",
        /// There was nobody to send it to.
        Void = "void",
    }
}
