package classifier

import (
	"context"
	"strings"
	"testing"
)

// TestProse holds that a text's last paragraph stays with it, that a text in
// one piece is the page's content, and that one without any sentence marks is
// no list: for all of these a block's own probability is too little.
func TestProse(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	const first = "The council voted thirty-one to fourteen on Thursday night to build a bridge across the inner harbour, nine years after it was first drawn."
	const second = "The crossing will join the old fish market to the flats on the northern quay, and is meant to take two thousand cyclists a day off the ring road."
	const last = "Work should be over by the end of next year, the council said, if nobody goes to court before the fifteenth of April."
	thai := []string{
		"สภาเมืองลงมติเมื่อคืนวันพฤหัสบดีด้วยคะแนนเสียงสามสิบเอ็ดต่อสิบสี่ให้สร้างสะพานข้ามท่าเรือชั้นในหลังจากถกเถียงกันมานานเก้าปี",
		"สะพานซึ่งเสนอครั้งแรกเมื่อปีก่อนจะเชื่อมตลาดปลาเก่ากับย่านที่อยู่อาศัยทางท่าเรือด้านเหนือและคาดว่าจะมีผู้ใช้จักรยานวันละสองพันคน",
		"ฝ่ายที่คัดค้านกล่าวว่าโครงสร้างเหล็กจะบดบังทัศนียภาพที่จิตรกรวาดมาตั้งแต่ศตวรรษที่สิบแปดและเรียกร้องให้ลงประชามติก่อนเริ่มงาน",
	}
	for name, tc := range map[string]struct {
		page string
		want []string
	}{
		"two paragraphs": {"<title>A bridge for the harbour</title><h1>A bridge for the harbour</h1><p>" + first + "</p><p>" + second + "</p><p>" + last + "</p>", []string{first, second, last}},
		"one piece":      {"<p>" + first + " " + second + " " + last + "</p>", []string{last}},
		"Thai":           {"<h1>สะพานท่าเรือ</h1><p>" + strings.Join(thai, "</p><p>") + "</p>", thai},
	} {
		r, err := c.Classify(context.Background(), Document{HTML: []byte(tc.page)}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range tc.want {
			if !strings.Contains(r.Text, want) {
				t.Errorf("%s: %q is missing in %q, verdict %v", name, want, r.Text, r.Verdict)
			}
		}
	}
}
