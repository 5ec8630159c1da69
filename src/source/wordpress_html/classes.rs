//! Classes by which themes and plugins tell the parts of a comment, in lower case and without `-` and `_`.

/// Classes of the element that holds a comment's text and nothing else, as themes and plugins call it.
pub(super) const TEXT: &[&str] = &[
    "commentcontent",
    "commenttext",
    "commententry",
    "commentcopy",
    "commentmessage",
    "commentbodytext",
    "commentbodycontent",
    "commentdescription",
    "commenttxt",
    "commentpost",
    "wpblockcommentcontent",
    "wpdcommenttext",
    "formattext",
    "dsqcommentmessage",
];

/// Classes of the element that holds the text, and in other themes all of the comment.
pub(super) const AROUND_TEXT: &[&str] = &["commentbody", "entrycontent", "text", "commentinner"];

/// Classes of what stands around the text.
pub(super) const NOISE: &[&str] = &[
    "reply",
    "replylink",
    "replybutton",
    "replytocomment",
    "commentreply",
    "commentreplylink",
    "commentmeta",
    "commentmetadata",
    "commentauthor",
    "commentauthorname",
    "commenter",
    "commentcredit",
    "commentinfo",
    "commenthead",
    "commentheader",
    "commentfoot",
    "commentfooter",
    "commentavatar",
    "commentdate",
    "commenttime",
    "commentdatetime",
    "commentpermalink",
    "commentnumber",
    "commentcounter",
    "commentactions",
    "commentcontrols",
    "commentoptions",
    "commenttools",
    "commentedit",
    "commenteditlink",
    "commentawaitingmoderation",
    "commentlikes",
    "commentrating",
    "commentinreplyto",
    "awaitingmoderation",
    "avatar",
    "gravatar",
    "vcard",
    "says",
    "editlink",
    "editcomment",
    "permalink",
    "screenreadertext",
    "posted",
    "meta",
    "metadata",
    "children",
    "sharedaddy",
    "jplikes",
    "jprelatedposts",
    "wpulike",
    "starrating",
    "reportcomment",
    "wpdcommentheader",
    "wpdcommentfooter",
    "wpdreplyto",
    "wpblockcommentdate",
    "wpblockcommentauthorname",
    "wpblockcommentreplylink",
    "wpblockcommenteditlink",
];

/// Classes of the element that holds the author's name and nothing else.
pub(super) const NAME: &[&str] = &[
    "commentauthorname",
    "wpblockcommentauthorname",
    "wpdcommentauthor",
    "commenter",
    "commentername",
    "commentauthorlink",
    "authorname",
    "username",
];

/// Classes of elements that hold the author's name among other things.
pub(super) const AROUND_NAME: &[&str] = &["commentauthor", "author", "commentby", "vcard"];

/// Classes of elements that hold the time, with or without other things.
pub(super) const AROUND_TIME: &[&str] = &[
    "commentdate",
    "commenttime",
    "commentdatetime",
    "wpdcommentdate",
    "posteddate",
    "date",
    "time",
    "commentmetadata",
    "commentmeta",
    "metadata",
    "meta",
    "commentcredit",
    "posted",
    "commentinfo",
    "commentauthor",
    "commentfooter",
];

/// Classes of elements that lead to the comment answered.
pub(super) const ANSWERED: &[&str] = &[
    "inreplyto",
    "commentinreplyto",
    "commentparent",
    "commentparentlink",
    "parentlink",
    "replyingto",
    "replyto",
    "wpdreplyto",
];
