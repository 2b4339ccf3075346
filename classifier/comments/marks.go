package comments

import "strings"

// place is where on a page a platform shows itself.
type place uint8

const (
	inAction    place = iota // part of a form's action
	inField                  // part of a field's name
	inFormName               // a form's id or one of its classes, whole
	inSource                 // part of the address of a script or a frame
	inScript                 // part of what a script on the page says
	inID                     // an element's id, whole
	inClass                  // one of an element's classes, whole
	inTag                    // an element's name
	inAttribute              // name of an attribute
	inValue                  // value of a field, whole
	inGenerator              // beginning of the meta generator
)

// platformMark is one such sign.
type platformMark struct {
	place    place
	text     string
	platform string
	weight   int
}

// fits says whether a text at the mark's place bears it.
func (k *platformMark) fits(text string) bool {
	switch k.place {
	case inFormName, inID, inClass, inTag, inAttribute, inValue:
		return text == k.text
	case inGenerator:
		return strings.HasPrefix(text, k.text)
	}
	return strings.Contains(text, k.text)
}

// marks are what comment systems leave on a page, in lower case. A weight of
// 5 belongs to that platform and to comments alone; 3 and 4 belong to it; less
// is a hint. The first of equal weights counts.
var marks = [...]platformMark{
	{inAction, "wp-comments-post.php", "wordpress", 5},
	{inField, "comment_post_id", "wordpress", 5},
	{inField, "akismet_comment_nonce", "wordpress", 4},
	{inSource, "jetpack.wordpress.com/jetpack-comment", "wordpress", 5},
	{inClass, "wpd-form", "wordpress", 4},
	{inFormName, "wpd_comm_form", "wordpress", 5},
	{inFormName, "commentform", "wordpress", 1},
	{inGenerator, "wordpress", "wordpress", 2},

	{inAction, "blogger.com/comment", "blogger", 5},
	{inSource, "blogger.com/comment", "blogger", 5},
	{inSource, "blogger.com/navbar", "blogger", 2},
	{inID, "comment-editor", "blogger", 4},
	{inClass, "blogger-iframe-colorize", "blogger", 5},
	{inGenerator, "blogger", "blogger", 2},

	{inField, "comment_body[", "drupal", 5},
	{inAction, "comment/reply/", "drupal", 4},
	{inField, "form_build_id", "drupal", 3},
	{inFormName, "comment-comment-form", "drupal", 4},
	{inGenerator, "drupal", "drupal", 2},

	{inAction, "mt-comments", "movable_type", 5},
	{inAction, "mt-cmt", "movable_type", 5},
	{inScript, "mtcommentonsubmit", "movable_type", 4},
	{inGenerator, "movable type", "movable_type", 3},

	{inAction, "typepad.com/.services/", "typepad", 5},
	{inAction, "/.services/blog/", "typepad", 5},
	{inAction, "typepad.com/t/comments", "typepad", 5},
	{inSource, "static.typepad.com", "typepad", 3},
	{inGenerator, "typepad", "typepad", 3},
	{inGenerator, "http://www.typepad.com", "typepad", 3},
	{inGenerator, "https://www.typepad.com", "typepad", 3},

	{inField, "jcomments", "joomla_jcomments", 5},
	{inSource, "com_jcomments", "joomla_jcomments", 5},
	{inField, "captcha_refid", "joomla_jcomments", 3},
	{inScript, "new jcomments", "joomla_jcomments", 5}, // and JCommentsForm, JCommentsEditor
	{inID, "jc", "joomla_jcomments", 1},
	{inSource, "com_komento", "joomla_komento", 5},
	{inID, "kmt-form", "joomla_komento", 3},
	{inSource, "com_k2", "joomla_k2", 3},
	{inValue, "com_k2", "joomla_k2", 3},
	{inClass, "itemcommentsform", "joomla_k2", 3},
	{inAction, "option=com_k2", "joomla_k2", 3},
	{inGenerator, "joomla", "joomla", 2},

	{inField, "topic_cur_post_id", "phpbb", 5},
	{inAction, "posting.php?mode=reply", "phpbb", 5},
	{inFormName, "qr_postform", "phpbb", 3},
	{inAction, "newreply.php?do=postreply", "vbulletin", 5},
	{inAction, "newreply.php", "vbulletin", 4},
	{inField, "vb_login_", "vbulletin", 1},
	{inField, "securitytoken", "vbulletin", 2},
	{inGenerator, "vbulletin", "vbulletin", 3},
	{inField, "my_post_key", "mybb", 5},
	{inFormName, "quick_reply_form", "mybb", 3},
	{inAction, "action=post2", "smf", 5},
	{inAction, "/add-reply", "xenforo", 5},
	{inField, "message_html", "xenforo", 4},
	{inField, "_xftoken", "xenforo", 3},
	{inField, "topic_comment_", "invision", 4},
	{inFormName, "ipsform", "invision", 3},
	{inField, "csrfkey", "invision", 1},
	{inSource, "javascripts/embed.js", "discourse", 3},
	{inScript, "discourseembed", "discourse", 5},
	{inID, "discourse-comments", "discourse", 5},
	{inGenerator, "discourse", "discourse", 4},

	{inSource, "disqus.com/embed", "disqus", 5},
	{inScript, ".disqus.com/embed.js", "disqus", 5},
	{inScript, "disqus_shortname", "disqus", 4},
	{inID, "disqus_thread", "disqus", 5},
	{inClass, "fb-comments", "facebook", 5},
	{inTag, "fb:comments", "facebook", 5},
	{inSource, "facebook.com/plugins/comments", "facebook", 5},
	{inSource, "facebook.com/plugins/feedback", "facebook", 5},
	{inTag, "comentario-comments", "comentario", 5},
	{inSource, "comentario.js", "comentario", 5},
	{inSource, "commento.js", "commento", 5},
	{inID, "commento", "commento", 5},
	{inID, "isso-thread", "isso", 5},
	{inAttribute, "data-isso", "isso", 5},
	{inSource, "utteranc.es/client.js", "utterances", 5},
	{inScript, "utteranc.es/client.js", "utterances", 5},
	{inClass, "utterances", "utterances", 4},
	{inSource, "giscus.app/client.js", "giscus", 5},
	{inScript, "giscus.app/client.js", "giscus", 5},
	{inClass, "giscus", "giscus", 5},
	{inScript, "coral.createstreamembed", "coral", 5},
	{inID, "coral_thread", "coral", 5},
	{inID, "coral_talk_stream", "coral", 5},
	{inSource, "talk.hyvor.com/embed", "hyvor", 5},
	{inTag, "hyvor-talk-comments", "hyvor", 5},
	{inID, "hyvor-talk-view", "hyvor", 5},
	{inID, "livefyre-comments", "livefyre", 5},
	{inSource, "livefyre.com/", "livefyre", 3},
	{inScript, "fyre.conv.load", "livefyre", 5},
	{inSource, "intensedebate.com/js/", "intensedebate", 5},
	{inScript, "idcomments_acct", "intensedebate", 5},
	{inID, "idc-container", "intensedebate", 5},
	{inAttribute, "data-ghost-comments", "ghost", 5},
	{inID, "ghost-comments-root", "ghost", 5},
	{inSource, "comments-ui", "ghost", 4},
	{inGenerator, "ghost", "ghost", 1},
	{inClass, "squarespace-comments", "squarespace", 5},
	{inClass, "sqs-comments", "squarespace", 5},
	{inSource, "static1.squarespace.com", "squarespace", 1},
	{inClass, "js-responseswrapper", "medium", 5},
	{inClass, "responsesstreamwrapper", "medium", 5},
	{inSource, "cdn-client.medium.com", "medium", 2},

	{inID, "cusdis_thread", "cusdis", 5},
	{inID, "remark42", "remark42", 5},
	{inID, "waline", "waline", 4},
	{inID, "gitalk-container", "gitalk", 5},
	{inAttribute, "data-spot-id", "openweb", 4},
	{inSource, "launcher.spot.im/", "openweb", 5},
	{inAttribute, "data-spotim-module", "openweb", 5},
	{inTag, "vf-conversations", "viafoura", 5},
	{inID, "vuukle-comments", "vuukle", 5},
	{inID, "vk_comments", "vk", 5},
	{inID, "lv-container", "livere", 5},
	{inClass, "ds-thread", "duoshuo", 4},
	{inID, "sohucs", "changyan", 5},
	{inAction, "staticman", "staticman", 5},
	{inAction, "talkpost_do", "livejournal", 5},
	{inField, "serendipity[comment]", "serendipity", 5},
	{inField, "c_content", "dotclear", 4},
	{inFormName, "txpcommentinputform", "textpattern", 5},
	{inAction, "htsrv/comment_post", "b2evolution", 5},
	{inField, "comment[body]", "shopify", 4},
}
