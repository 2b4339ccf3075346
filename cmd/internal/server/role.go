package server

import (
	"errors"
	"strings"

	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/reflection/grpc_reflection_v1"
	"google.golang.org/grpc/reflection/grpc_reflection_v1alpha"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// Role is what a caller may do: what its own methods do, and those of the
// roles before it.
type Role uint8

// The roles, least first.
const (
	RoleNone     Role = iota // for methods that need none, such as health
	RoleClassify             // label pages
	RoleTrain                // see and change the stored pages, train, look at models
	RoleAdmin                // change what is served: promote, roll back, import, delete
)

func (r Role) String() string {
	return [...]string{RoleNone: "none", RoleClassify: "classify", RoleTrain: "train", RoleAdmin: "admin"}[r]
}

// ParseRole is the inverse of String, but for none.
func ParseRole(name string) (Role, error) {
	for r := RoleClassify; r <= RoleAdmin; r++ {
		if r.String() == name {
			return r, nil
		}
	}
	return RoleNone, errors.New("unknown role: want classify, train or admin")
}

// needs is the table of what each method asks for, by its full name or by its
// service. What does not stand in it needs admin.
func needs(method string) Role {
	service, name, _ := strings.Cut(strings.TrimPrefix(method, "/"), "/")
	switch service {
	case grpc_health_v1.Health_ServiceDesc.ServiceName:
		return RoleNone
	case pb.FilterService_ServiceDesc.ServiceName,
		grpc_reflection_v1.ServerReflection_ServiceDesc.ServiceName,
		grpc_reflection_v1alpha.ServerReflection_ServiceDesc.ServiceName:
		return RoleClassify
	case "pagesieve.v1.TrainingService":
		return RoleTrain
	case "pagesieve.v1.ModelService":
		return needsOfModels(name)
	}
	return RoleAdmin
}

// needsOfModels tells the methods of ModelService that only look from those
// that change what is served.
func needsOfModels(name string) Role {
	switch name {
	case "ListVersions", "GetVersion", "DiffVersions", "ExportVersion", "GetShadow":
		return RoleTrain
	}
	return RoleAdmin
}
