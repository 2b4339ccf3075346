package classifier

import (
	"sync"

	"github.com/pagesieve/pagesieve/classifier/phrase"
)

// What stands in place of the content, by what it asks for. The phrases of
// wallWording are those of walls alone; those of titleWording mean something
// only as the page's title, or where there is hardly anything else.
const (
	asksLogin   = "a login"
	asksConsent = "consent"
	asksHuman   = "proof of being human"
	asksMoney   = "a subscription"
)

var wallWording = []phrase.List{
	{Name: asksHuman, Phrases: "checking your browser|verify you are human|verify that you are human|verifying you are human|prove you are human|confirm you are human|are you a robot|i'm not a robot|you are not a robot|" +
		"enable javascript and cookies to continue|unusual traffic from your|complete the security check|press & hold to confirm|access to this page has been denied|you have been blocked|request unsuccessful. incapsula|" +
		"needs to review the security of your connection|pardon our interruption|bestätigen sie, dass sie ein mensch sind|sie kein roboter sind|ich bin kein roboter|überprüfung ihres browsers|" +
		"vérifiez que vous êtes humain|vous n'êtes pas un robot|je ne suis pas un robot|vérification de votre navigateur|verifica que eres humano|no eres un robot|no soy un robot|comprobando su navegador|" +
		"verifica di essere umano|non sono un robot|não sou um robô|verifique se você é humano|ik ben geen robot|nie jestem robotem|sprawdzanie przeglądarki|я не робот|подтвердите, что вы не робот|проверка браузера|" +
		"ben robot değilim|insan olduğunuzu doğrulayın|私はロボットではありません|人間であることを確認|进行人机验证|请完成安全验证|我不是机器人|로봇이 아닙니다|사람인지 확인|أنا لست برنامج روبوت"},
	{Name: asksConsent, Phrases: "before you continue to|bevor sie fortfahren|bevor sie zu google weitergehen|avant d'accéder à|avant de continuer|antes de continuar|antes de ir a|prima di continuare|voordat je verdergaat|zanim przejdziesz dalej|прежде чем продолжить|" +
		"mit werbung und cookies weiterlesen|mit werbung weiterlesen|weiterlesen mit werbung|mit werbung lesen|we value your privacy|we care about your privacy|your privacy is important to us|wir schätzen ihre privatsphäre|ihre privatsphäre ist uns wichtig|wir respektieren ihre privatsphäre|votre vie privée nous tient à cœur|nous respectons votre vie privée|le respect de votre vie privée|valoramos tu privacidad|valoramos su privacidad|teniamo alla tua privacy|la tua privacy è importante|valorizamos sua privacidade|valorizamos a sua privacidade|we geven om je privacy|cenimy twoją prywatność|szanujemy twoją prywatność|мы ценим вашу конфиденциальность|manage your cookie preferences|we use cookies and other technologies|wir und unsere bis zu|we and our partners store|nous et nos partenaires|nos partenaires et nous-mêmes|wir und unsere partner|nosotros y nuestros socios|noi e i nostri partner|this website uses cookies to ensure|weiter mit werbung|continue with ads and cookies|continuer sans accepter|accéder au site avec cookies|" +
		"verify your age|are you over 18|are you of legal drinking age|bist du 18 jahre|sind sie über 18|avez-vous plus de 18 ans|eres mayor de edad|sei maggiorenne|tem mais de 18 anos"},
	{Name: asksMoney, Phrases: "subscribe to continue reading|subscribe to read the full|to continue reading this article|subscribe to unlock this|this article is for subscribers|this content is for subscribers|this content is for members|already a subscriber? log in|you have reached your limit of free|" +
		"nur für abonnenten|weiterlesen mit abo|jetzt abonnieren und weiterlesen|diesen artikel weiterlesen mit|bereits abonnent|article réservé aux abonnés|réservé à nos abonnés|il vous reste|déjà abonné|" +
		"contenido exclusivo para suscriptores|exclusivo para suscriptores|suscríbete para seguir leyendo|contenuto riservato agli abbonati|riservato agli abbonati|abbonati per continuare|exclusivo para assinantes|conteúdo para assinantes|" +
		"alleen voor abonnees|tylko dla subskrybentów|только для подписчиков|endast för prenumeranter|kun for abonnenter|vain tilaajille|この記事は会員限定|会員限定記事|有料会員限定|仅限订阅用户|订阅后继续阅读"},
	{Name: asksLogin, Phrases: "sign in to continue|log in to continue|login to continue|please log in to view|you must log in to|you must be logged in to view|you need to log in|please sign in to|sign in to your account|log in to your account|forgot your password|forgot password|forgotten your password|" +
		"bitte melden sie sich an|melden sie sich an, um|passwort vergessen|connectez-vous pour|vous devez être connecté|veuillez vous connecter|mot de passe oublié|inicia sesión para|debes iniciar sesión|olvidaste tu contraseña|olvidó su contraseña|" +
		"accedi per continuare|devi effettuare l'accesso|password dimenticata|faça login para|você precisa estar logado|esqueceu a senha|esqueceu sua senha|log in om verder|wachtwoord vergeten|zaloguj się, aby|nie pamiętasz hasła|войдите, чтобы|забыли пароль|" +
		"devam etmek için giriş|şifremi unuttum|logga in för att|glömt lösenord|ログインしてください|パスワードをお忘れ|请先登录|忘记密码|請先登入|로그인이 필요|비밀번호 찾기|يرجى تسجيل الدخول|نسيت كلمة المرور"},
}

// consentWording is what is said of cookies and partners where consent is asked
// for: the sentences of IAB Europe's framework, and those of others.
var consentWording = []phrase.List{
	{Name: asksConsent, Phrases: "store and/or access information|personalised ads and content|personalized ads and content|click to consent|consent to our|our partners may use|cookies and similar technologies|reject all|manage your preferences|withdraw your consent|our use of cookies|uses cookies to ensure|" +
		"informationen auf einem gerät|personalisierte anzeigen|einwilligung jederzeit|ihre einwilligung|cookies und ähnliche technologien|verwendet cookies|informations sur un appareil|publicités et du contenu personnalisés|votre consentement|cookies et technologies similaires|utilise des cookies|" +
		"información en un dispositivo|anuncios y contenido personalizados|su consentimiento|tu consentimiento|utiliza cookies|informazioni su un dispositivo|annunci e contenuti personalizzati|il tuo consenso|utilizza i cookie|informações num dispositivo|informações em um dispositivo|seu consentimento|informatie op een apparaat|uw toestemming|informacji na urządzeniu|spersonalizowane reklamy|zgodę w dowolnym"},
}

// wallTitles are titles, or parts of them between bars and dashes.
var wallTitles = []phrase.List{
	{Name: asksHuman, Phrases: "just a moment|attention required|security check|security verification|human verification|are you a robot|captcha|access denied|bot verification|robot check|ddos protection|ddos-guard|un instant|un momento|einen moment|nur einen moment|request blocked|请稍候|安全验证|人机验证|ちょっと待って"},
	{Name: asksConsent, Phrases: "before you continue|bevor sie fortfahren|avant de continuer|antes de continuar|prima di continuare|cookie consent|privacy gate|consent required|privacy settings|age verification|altersprüfung|altersverifikation|zustimmung|einwilligung|cookie-einwilligung"},
	{Name: asksLogin, Phrases: "log in|login|log-in|sign in|sign-in|signin|anmelden|anmeldung|einloggen|connexion|se connecter|identification|iniciar sesión|acceder|accedi|accesso|entrar|iniciar sessão|inloggen|aanmelden|zaloguj|logowanie|вход|войти|авторизация|giriş yap|oturum aç|logga in|log ind|logg inn|kirjaudu|přihlášení|bejelentkezés|autentificare|σύνδεση|ログイン|登录|登錄|登入|로그인|تسجيل الدخول|התחברות|ورود|đăng nhập|masuk"},
}

// errorWording is what a page says in a headline or its title where the
// content should be.
var errorWording = []phrase.List{
	{Name: "not found", Phrases: "404 not found|error 404|404 error|http 404|page not found|page cannot be found|page can't be found|page could not be found|page you requested could not be found|page you are looking for|page you're looking for|page doesn't exist|page does not exist|page isn't available|page no longer exists|nothing found|nothing was found|not found|file not found|410 gone|content not found|" +
		"seite nicht gefunden|seite wurde nicht gefunden|seite konnte nicht gefunden|seite existiert nicht|nicht gefunden|fehler 404|page introuvable|page non trouvée|page n'existe pas|page demandée|erreur 404|introuvable|" +
		"página no encontrada|pagina no encontrada|no se encontró la página|página no existe|no encontrada|pagina non trovata|non trovata|errore 404|página não encontrada|pagina não encontrada|não encontrada|erro 404|pagina niet gevonden|niet gevonden|strona nie została znaleziona|nie znaleziono strony|nie znaleziono|błąd 404|" +
		"страница не найдена|не найдена|ошибка 404|сторінку не знайдено|сторінка не знайдена|sayfa bulunamadı|bulunamadı|sidan hittades inte|sidan kunde inte hittas|hittades inte|siden blev ikke fundet|siden ble ikke funnet|siden findes ikke|sivua ei löydy|sivua ei löytynyt|stránka nenalezena|stránka nebyla nalezena|az oldal nem található|nem található|pagina nu a fost găsită|η σελίδα δεν βρέθηκε|δεν βρέθηκε|" +
		"ページが見つかりません|見つかりません|页面不存在|找不到页面|找不到頁面|页面未找到|无法找到|페이지를 찾을 수 없습니다|찾을 수 없습니다|الصفحة غير موجودة|لم يتم العثور على|הדף לא נמצא|העמוד לא נמצא|صفحه مورد نظر یافت نشد|یافت نشد|không tìm thấy|halaman tidak ditemukan|tidak ditemukan|ไม่พบหน้า"},
	{Name: "forbidden", Phrases: "403 forbidden|error 403|403 error|401 unauthorized|you don't have permission to access|zugriff verweigert|accès refusé|accès interdit|acceso denegado|accesso negato|acesso negado|toegang geweigerd|odmowa dostępu|доступ запрещен|доступ запрещён|erişim engellendi"},
	{Name: "out of order", Phrases: "500 internal server error|internal server error|502 bad gateway|bad gateway|503 service unavailable|service unavailable|service temporarily unavailable|504 gateway time-out|gateway timeout|gateway time-out|temporarily unavailable|down for maintenance|under maintenance|scheduled maintenance|briefly unavailable for scheduled maintenance|error establishing a database connection|account suspended|this account has been suspended|bandwidth limit exceeded|web server is down|connection timed out|origin is unreachable|critical error on this website|" +
		"wartungsarbeiten|wartungsmodus|wegen wartung|dienst nicht verfügbar|interner serverfehler|en maintenance|site en maintenance|erreur interne du serveur|en mantenimiento|error interno del servidor|in manutenzione|em manutenção|erro interno do servidor|wordt onderhouden|w trakcie konserwacji|технические работы|ведутся технические работы|внутренняя ошибка сервера|bakım çalışması|メンテナンス中|系统维护|网站维护|점검 중"},
}

// askingWords show that a title is about errors and walls, and none of them.
var askingWords = []phrase.List{
	{Name: "asks", Phrases: "how to|how do|how i|what is|what does|what are|why |fix a|fix the|to fix|fixing|guide|tips|explained|meaning|history|best|examples|wie man|was ist|warum|was bedeutet|beheben|comment |pourquoi|qu'est-ce|cómo|por qué|qué es|come |perché|cos'è|como |por que|o que é|hoe |waarom|wat is|jak |dlaczego|co to|как |почему|что такое|nasıl|nedir|方法|とは|如何|为什么|什么是"},
}

var (
	wallPhrases    = sync.OnceValue(func() phrase.Set { return phrase.New(wallWording) })
	consentPhrases = sync.OnceValue(func() phrase.Set { return phrase.New(consentWording) })
	titlePhrases   = sync.OnceValue(func() phrase.Set { return phrase.New(wallTitles) })
	errorPhrases   = sync.OnceValue(func() phrase.Set { return phrase.New(errorWording) })
	askPhrases     = sync.OnceValue(func() phrase.Set { return phrase.New(askingWords) })
)
