//! What a certificate names of an erasure: codes for the file, words for the document.

use crate::package::certificate::named;

named! {
    /// How far an erasure went.
    Stage {
        /// Nothing of what was to be erased is left.
        Whole = "WHOLE", "allt som skulle raderas är raderat", "all that was to be erased is erased";
        /// Something is kept, Art. 17(3).
        Partial = "PARTIAL", "en del sparas tills vidare", "something is kept for the time being";
        /// What was kept has gone since.
        Remainder = "REMAINDER",
            "det som sparades tidigare är nu raderat", "what was kept earlier has now been erased";
    }
}

named! {
    /// How another system's part in an erasure ended.
    SystemOutcome {
        /// It has said that the data is erased there.
        Confirmed = "CONFIRMED", "har bekräftat raderingen", "has confirmed the erasure";
        /// A person has closed it without the system's word.
        ClosedByHand = "CLOSED_BY_HAND",
            "avslutad för hand, utan systemets bekräftelse", "closed by hand, without the system's confirmation";
        /// It has said that it could not.
        Failed = "FAILED", "har meddelat att raderingen misslyckades", "has reported that the erasure failed";
    }
}
