package comments_test

// platformCases are comment forms as the platforms write them, in other words.
var platformCases = []struct {
	name, platform string
	embedded       bool
	captchas, bait string
	action         string
	head, body     string
}{
	{name: "WordPress with Akismet", platform: "wordpress", captchas: "akismet_nonce", bait: "ak_hp_textarea", action: "https://orrin.example/wp-comments-post.php",
		head: `<meta name="generator" content="WordPress 6.4">`,
		body: `<div id="comments" class="comments-area"><div id="respond" class="comment-respond"><h3 id="reply-title" class="comment-reply-title">Leave a Reply <small><a rel="nofollow" id="cancel-comment-reply-link" href="/ferry/#respond" style="display:none;">Cancel reply</a></small></h3>
<form action="https://orrin.example/wp-comments-post.php" method="post" id="commentform" class="comment-form"><p class="comment-notes">Your email address will not be published.</p>
<p class="comment-form-comment"><label for="comment">Comment</label> <textarea id="comment" name="comment" cols="45" rows="8" required></textarea></p>
<p><label for="author">Name</label><input id="author" name="author" type="text" required></p><p><label for="email">Email</label><input id="email" name="email" type="email" required></p><p><label for="url">Website</label><input id="url" name="url" type="url"></p>
<p class="form-submit"><input name="submit" type="submit" id="submit" value="Post Comment"><input type="hidden" name="comment_post_ID" value="12"></p>
<input type="hidden" name="akismet_comment_nonce" value="0a1b"><p style="display: none !important;"><label>&#916;<textarea name="ak_hp_textarea" cols="45" rows="8" maxlength="100"></textarea></label></p></form></div></div>`},
	{name: "WordPress, German, reCAPTCHA v2", platform: "wordpress", captchas: "recaptcha_v2", action: "/wp-comments-post.php",
		head: `<script src="https://www.google.com/recaptcha/api.js?hl=de" async></script>`,
		body: `<div id="respond"><h3>Schreibe einen Kommentar</h3><form action="/wp-comments-post.php" method="post" id="commentform"><p>Deine E-Mail-Adresse wird nicht veröffentlicht.</p><textarea name="comment"></textarea><input name="author"><input name="email"><div class="g-recaptcha" data-sitekey="k"></div><input type="hidden" name="comment_post_ID" value="3"><button>Kommentar abschicken</button></form></div>`},
	{name: "Jetpack", platform: "wordpress", embedded: true,
		body: `<div id="respond"><form id="commentform" class="comment-form"><iframe title="Comment Form" src="https://jetpack.wordpress.com/jetpack-comment/?blogid=1&postid=2" name="jetpack_remote_comment"></iframe></form></div>`},
	{name: "Blogger's frame", platform: "blogger", embedded: true,
		head: `<meta content="blogger" name="generator">`,
		body: `<div class="comments" id="comments"><h4>No comments:</h4><div class="comment-form"><a name="comment-form"></a><h4 id="comment-post-message">Post a Comment</h4><a href="https://www.blogger.com/comment/frame/77?po=8" id="comment-editor-src"></a><iframe class="blogger-iframe-colorize" id="comment-editor" name="comment-editor" src=""></iframe></div></div>`},
	{name: "Drupal 7", platform: "drupal", captchas: "image", bait: "homepage_hp", action: "/comment/reply/41",
		head: `<meta name="Generator" content="Drupal 7 (http://drupal.org)">`,
		body: `<section class="comments"><h2 class="title comment-form">Add new comment</h2><form class="comment-form" action="/comment/reply/41" method="post" id="comment-form"><label>Your name <input type="text" name="name" class="form-text"></label><label>Subject <input name="subject"></label><label>Comment <span>*</span><textarea name="comment_body[und][0][value]" class="form-textarea required"></textarea></label><input type="hidden" name="form_build_id" value="form-9"><input type="hidden" name="form_id" value="comment_node_blog_form"><input type="hidden" name="captcha_sid" value="7"><img src="/image_captcha" alt=""><label>What code is in the image? <input name="captcha_response"></label><div style="display:none"><label>Leave this field blank <input name="homepage_hp" tabindex="-1" autocomplete="off"></label></div><input type="submit" name="op" value="Save"></form></section>`},
	{name: "Drupal 10, Turnstile", platform: "drupal", captchas: "turnstile",
		body: `<section><h2>Add new comment</h2><form class="comment-comment-form comment-form" action="/comment/reply/node/7/comment" method="post"><input name="subject[0][value]"><textarea name="comment_body[0][value]"></textarea><div class="cf-turnstile" data-sitekey="k"></div><input type="hidden" name="form_build_id"><button>Save</button></form></section>`},
	{name: "Movable Type", platform: "movable_type", action: "https://cgi.orrin.example/mt/mt-comments.cgi",
		head: `<meta name="generator" content="Movable Type Pro 5.2">`,
		body: `<div class="comments-open"><h2 class="comments-open-header">Leave a comment</h2><form method="post" action="https://cgi.orrin.example/mt/mt-comments.cgi" name="comments_form" id="comments-form"><input type="hidden" name="static" value="1"><input type="hidden" name="entry_id" value="12"><label>Name <input name="author"></label><label>Email Address <input name="email"></label><label>URL <input name="url"></label><label>Comments (You may use HTML tags for style) <textarea name="text" rows="15"></textarea></label><input type="submit" name="post" value="Submit"></form></div>`},
	{name: "Typepad", platform: "typepad", action: "https://www.typepad.com/.services/comments/6a00/save",
		body: `<div id="comments-open"><h2>Post a comment</h2><form id="comment-form" method="post" action="https://www.typepad.com/.services/comments/6a00/save"><textarea name="comment_text"></textarea><input name="author"><input name="email"><input name="url"><input type="submit" value="Post"></form></div>`},
	{name: "Joomla, JComments", platform: "joomla_jcomments", captchas: "image",
		head: `<meta name="generator" content="Joomla! - Open Source Content Management"><script src="/components/com_x/jc.js"></script>`,
		body: `<div id="jc"><h4>Add comment</h4><form id="comments-form" name="comments-form" action="javascript:void(null);" method="post"><input name="name"><input name="email"><input name="homepage"><textarea id="comments-form-comment" name="comment"></textarea><img id="comments-form-captcha-image" src="/c" alt=""><input name="jcomments_captcha_code"><input type="hidden" name="object_group" value="com_content"><a href="#">Send</a></form></div>`},
	{name: "phpBB's quick reply", platform: "phpbb", action: "./posting.php?mode=reply&f=2&t=9",
		body: `<form method="post" action="./posting.php?mode=reply&amp;f=2&amp;t=9" id="qr_postform"><h2 class="quickreply-title">Quick Reply</h2><label>Subject: <input name="subject" value="Re: Ferry"></label><textarea name="message" class="inputbox"></textarea><input type="hidden" name="topic_cur_post_id" value="55"><input type="hidden" name="form_token" value="x"><input type="submit" name="post" value="Submit"></form>`},
	{name: "vBulletin", platform: "vbulletin",
		body: `<form action="newreply.php?do=postreply&amp;t=12" method="post" name="vbform" id="quick_reply"><h3>Quick Reply</h3><textarea name="message" id="vB_Editor_QR_textarea"></textarea><input type="hidden" name="securitytoken" value="guest"><input type="submit" name="sbutton" value="Post Quick Reply"></form>`},
	{name: "XenForo", platform: "xenforo",
		body: `<form action="/threads/ferry.12/add-reply" method="post" class="block js-quickReply"><textarea name="message" placeholder="Write your reply..."></textarea><input type="hidden" name="_xfToken" value="1,2"><button>Post reply</button></form>`},
	{name: "Disqus", platform: "disqus", embedded: true,
		body: `<div id="disqus_thread"></div><script>var disqus_shortname = 'orrin'; (function() { var d = document.createElement('script'); d.src = '//' + disqus_shortname + '.disqus.com/embed.js'; document.body.appendChild(d); })();</script><noscript>Please enable JavaScript to view the comments.</noscript>`},
	{name: "Facebook", platform: "facebook", embedded: true,
		body: `<h3>Comments</h3><div class="fb-comments" data-href="https://orrin.example/ferry" data-width="100%" data-numposts="5"></div>`},
	{name: "Discourse, embedded", platform: "discourse", embedded: true,
		body: `<div id="discourse-comments"></div><script>DiscourseEmbed = { discourseUrl: 'https://forum.orrin.example/', discourseEmbedUrl: 'x' };</script>`},
	{name: "Commento", platform: "commento", embedded: true, body: `<script defer src="https://cdn.commento.io/js/commento.js"></script><div id="commento"></div>`},
	{name: "Isso", platform: "isso", embedded: true, body: `<script data-isso="//c.orrin.example/" src="//c.orrin.example/js/embed.min.js"></script><section id="isso-thread"></section>`},
	{name: "utterances", platform: "utterances", embedded: true, body: `<script src="https://utteranc.es/client.js" repo="a/b" issue-term="pathname" async></script>`},
	{name: "giscus", platform: "giscus", embedded: true, body: `<script src="https://giscus.app/client.js" data-repo="a/b" async></script>`},
	{name: "Coral", platform: "coral", embedded: true, body: `<div id="coral_thread"></div><script>s.onload = function() { Coral.createStreamEmbed({ id: "coral_thread", autoRender: true }); };</script>`},
	{name: "Hyvor Talk", platform: "hyvor", embedded: true, body: `<script async src="https://talk.hyvor.com/embed/embed.js" type="module"></script><hyvor-talk-comments website-id="1" page-id=""></hyvor-talk-comments>`},
	{name: "Livefyre", platform: "livefyre", embedded: true, body: `<div id="livefyre-comments"></div><script src="https://zor.livefyre.com/wjs/v3.0/javascripts/livefyre.js"></script>`},
	{name: "IntenseDebate", platform: "intensedebate", embedded: true, body: `<script>var idcomments_acct = 'abc'; var idcomments_post_id;</script><span id="IDCommentsPostTitle" style="display:none"></span><script src="https://www.intensedebate.com/js/genericCommentWrapperV2.js"></script>`},
	{name: "Ghost", platform: "ghost", embedded: true, head: `<meta name="generator" content="Ghost 5.8">`, body: `<section><h2>Member discussion</h2><script defer src="https://cdn.jsdelivr.net/ghost/comments-ui@~1/umd/comments-ui.min.js" data-ghost-comments="https://orrin.example/" data-key="k"></script></section>`},
	{name: "Squarespace", platform: "squarespace", embedded: true, body: `<div class="squarespace-comments" id="comments-5600"></div>`},
	{name: "Medium", platform: "medium", embedded: true, body: `<div class="js-responsesWrapper"><button>Write a response</button></div>`},
	{name: "Cusdis", platform: "cusdis", embedded: true, body: `<div id="cusdis_thread" data-host="https://cusdis.com" data-app-id="1"></div>`},
	{name: "Serendipity", platform: "serendipity", body: `<a id="feedback"></a><div class="serendipity_commentForm"><h4>Kommentar schreiben</h4><form id="serendipity_comment" action="/ferry#feedback" method="post"><input name="serendipity[name]"><input name="serendipity[email]"><input name="serendipity[url]"><textarea name="serendipity[comment]"></textarea><input type="submit" name="serendipity[submit]" value="Kommentar abschicken"></form></div>`},
	{name: "LiveJournal", platform: "livejournal", body: `<form action="https://www.livejournal.com/talkpost_do.bml" method="post"><textarea name="body"></textarea><input type="submit" value="Post comment"></form>`},
	{name: "hand-made, with a sum", platform: "", captchas: "math_question", bait: "website_hp", action: "/save.php",
		body: `<h3>Add a comment</h3><form action="/save.php" method="post"><p>Name <input name="n"></p><p>Text <textarea name="t"></textarea></p><p style="position:absolute;left:-9999px"><input name="website_hp" tabindex="-1"></p><p>How much is 4 + 3 = <input name="s" size="2"></p><button>Post comment</button></form>`},
	{name: "hand-made, hCaptcha", platform: "", captchas: "hcaptcha", body: `<form id="kommentarformular" method="post"><h3>Ihr Kommentar</h3><input name="name"><textarea name="kommentar"></textarea><div class="h-captcha" data-sitekey="k"></div><button>Absenden</button></form>`},
	{name: "hand-made, reCAPTCHA v3", platform: "", captchas: "recaptcha_v3", head: `<script src="https://www.google.com/recaptcha/api.js?render=6Lc"></script>`,
		body: `<form class="comment-form" method="post"><textarea name="comment"></textarea><input type="hidden" name="g-recaptcha-response"><button>Send</button></form>`},
	{name: "controls outside any form", platform: "", body: `<div class="comments"><h3>Join the discussion</h3><textarea name="comment" placeholder="Add a comment…"></textarea><button>Post</button></div>`},
}

// otherForms are not for comments.
var otherForms = []struct{ name, body string }{
	{"search", `<form role="search" action="/" class="search-form"><input type="search" name="s" placeholder="Search comments"><button>Search</button></form>`},
	{"site search with a box", `<form action="/search" id="search"><textarea name="q" rows="1"></textarea><button>Search</button></form>`},
	{"login", `<form action="/wp-login.php" method="post" id="loginform"><input name="log"><input type="password" name="pwd"><button>Log in to leave a comment</button></form>`},
	{"registration", `<form action="/register" method="post"><input name="user"><input type="password" name="p1"><input type="password" name="p2"><textarea name="about"></textarea><button>Register</button></form>`},
	{"newsletter", `<form action="https://list.example/subscribe/post" method="post"><h3>Join our newsletter</h3><input type="email" name="EMAIL"><div style="position:absolute;left:-5000px"><input name="b_1_2" tabindex="-1"></div><button>Subscribe</button></form>`},
	{"contact", `<h2>Contact us</h2><form action="/contact" method="post" class="contact-form"><input name="name"><input type="email" name="email"><input name="subject"><textarea name="message"></textarea><button>Send message</button></form>`},
	{"Contact Form 7", `<div class="wpcf7"><form action="/about/#wpcf7-f12" method="post" class="wpcf7-form"><input name="your-name"><input name="your-email"><input name="your-subject"><textarea name="your-message"></textarea><input type="submit" value="Send"></form></div>`},
	{"contact with comments", `<form method="post" action="/enquiry"><p>Get in touch</p><input name="name"><input name="phone" type="tel"><textarea name="comments"></textarea><button>Send enquiry</button></form>`},
	{"contact, German", `<form method="post" id="kontaktformular"><h2>Kontaktformular</h2><input name="name"><input name="email"><input name="betreff"><textarea name="nachricht"></textarea><button>Nachricht senden</button></form>`},
	{"checkout", `<form action="/checkout" method="post"><input name="address"><input type="tel" name="phone"><textarea name="order_comments" placeholder="Notes about your order"></textarea><button>Place order</button></form>`},
	{"support ticket", `<form action="/support/ticket" method="post"><input name="email"><select name="dept"><option>Sales</select><textarea name="description"></textarea><button>Submit a ticket</button></form>`},
	{"wiki editor", `<form id="editform" method="post" action="/w/index.php?title=Ferry&amp;action=submit"><textarea name="wpTextbox1">text</textarea><input name="wpSummary"><button>Save page</button></form>`},
	{"job application", `<form action="/jobs/apply" method="post"><input name="name"><input type="file" name="cv"><textarea name="letter"></textarea><button>Apply now</button></form>`},
	{"translator", `<form action="/translate"><textarea name="source"></textarea><textarea name="target"></textarea><button>Translate</button></form>`},
	{"captcha alone", `<form method="post"><div class="g-recaptcha"></div><textarea name="g-recaptcha-response" style="display:none"></textarea></form>`},
	{"poll", `<form action="/poll" method="post"><input type="radio" name="a"><input type="radio" name="a"><button>Vote</button></form>`},
}
