package server

import (
	"context"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"google.golang.org/grpc"

	"github.com/pagesieve/pagesieve/cmd/internal/wire"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// raw is POST /v1/classify: the body is the page, the query is the options.
//
//	curl --data-binary @page.html 'localhost:8421/v1/classify?format=markdown'
func (w web) raw(rw http.ResponseWriter, r *http.Request) {
	info := &grpc.UnaryServerInfo{Server: w.filter, FullMethod: pb.FilterService_Classify_FullMethodName}
	w.call(rw, r, info.FullMethod, func(ctx context.Context) (any, error) {
		req, err := w.rawRequest(rw, r)
		if err != nil {
			return nil, err
		}
		return w.observe.unary(ctx, req, info, func(ctx context.Context, req any) (any, error) {
			return w.Classify(ctx, req.(*pb.ClassifyRequest))
		})
	})
}

// rawRequest is the request that a page as the body and a query stand for.
func (w web) rawRequest(rw http.ResponseWriter, r *http.Request) (*pb.ClassifyRequest, error) {
	req, err := queryRequest(r.URL.RawQuery)
	if err != nil {
		return nil, &badBody{err}
	}
	text, header, err := contentType(r.Header.Get("Content-Type"))
	if err != nil {
		return nil, &badBody{err}
	}
	body, err := w.body(rw, r, w.maxBytes)
	if err != nil {
		return nil, err
	}
	req.Page.ContentType = header
	req.Page.Content = &pb.Page_Html{Html: body}
	if text {
		req.Page.Content = &pb.Page_TextBytes{TextBytes: body}
	}
	return req, nil
}

// contentType says whether a body of this type is plain text rather than
// HTML, and what of the header tells something about the page. What curl
// sends by itself tells nothing, and is taken as HTML.
func contentType(header string) (text bool, about string, err error) {
	kind, _, _ := mime.ParseMediaType(header)
	switch kind {
	case "text/html", "application/xhtml+xml":
		return false, header, nil
	case "text/plain":
		return true, header, nil
	case "", "application/x-www-form-urlencoded", "application/octet-stream":
		return false, "", nil
	}
	return false, "", &wire.FieldError{Field: "Content-Type", Why: fmt.Sprintf("%q is no page: want text/html or text/plain", kind)}
}

// queryRequest is a request without its page, from the names and values of a
// query. A name that means nothing is an error, for it is a slip.
func queryRequest(query string) (*pb.ClassifyRequest, error) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return nil, &wire.FieldError{Field: "query", Why: err.Error()}
	}
	req := &pb.ClassifyRequest{Page: &pb.Page{}, Options: &pb.ClassifyOptions{}}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		value := strings.ToValidUTF8(values.Get(name), "\uFFFD")
		if err := setOption(req, name, value); err != nil {
			return nil, &wire.FieldError{Field: "query " + strconv.Quote(name), Why: err.Error()}
		}
	}
	return req, nil
}

// setOption sets what one name of a query stands for.
func setOption(req *pb.ClassifyRequest, name, value string) (err error) {
	o := req.Options
	switch name {
	case "id":
		req.Page.Id = value
	case "url":
		req.Page.Url = value
	case "preset":
		o.Preset, err = enum[pb.Preset]("PRESET_", value, pb.Preset_value)
	case "format":
		o.Format, err = enum[pb.TextFormat]("TEXT_FORMAT_", value, pb.TextFormat_value)
	case "labels":
		for one := range strings.SplitSeq(value, ",") {
			l, err := enum[pb.Label]("LABEL_", one, pb.Label_value)
			if err != nil {
				return err
			}
			o.Labels = append(o.Labels, l)
		}
	case "evidence":
		o.Evidence, err = flag(value)
	case "with_title":
		o.WithTitle, err = flag(value)
	case "with_captions":
		o.WithCaptions, err = flag(value)
	case "omit_blocks":
		o.OmitBlocks, err = flag(value)
	default:
		err = fmt.Errorf("unknown: want id, url, preset, format, labels, evidence, with_title, with_captions, omit_blocks")
	}
	return err
}

// flag is a boolean of a query; a name alone means yes.
func flag(value string) (bool, error) {
	if value == "" {
		return true, nil
	}
	b, err := strconv.ParseBool(value)
	if err != nil {
		return false, fmt.Errorf("%q is not true or false", value)
	}
	return b, nil
}

// enum is the enum value with the given short name, such as markdown.
func enum[E ~int32](prefix, name string, values map[string]int32) (E, error) {
	if v := values[prefix+strings.ToUpper(name)]; v != 0 {
		return E(v), nil
	}
	var known []string
	for _, full := range slices.SortedFunc(maps.Keys(values), func(a, b string) int { return int(values[a] - values[b]) }) {
		if values[full] != 0 {
			known = append(known, strings.ToLower(strings.TrimPrefix(full, prefix)))
		}
	}
	return 0, fmt.Errorf("unknown value %q: want %s", name, strings.Join(known, ", "))
}
